package io.millrace.app.matrix;

import io.millrace.sandbox.EmbeddedRedis;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

final class RedisTarget implements MatrixTarget, AutoCloseable {
    private final EmbeddedRedis redis = EmbeddedRedis.builder().start();
    private final AtomicInteger places = new AtomicInteger();

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Place create(Path workspace) {
        return new Prefix(redis, "case" + places.incrementAndGet());
    }

    @Override
    public void close() {
        redis.close();
    }

    private record Prefix(EmbeddedRedis redis, String prefix) implements Place {
        @Override
        public String settings() {
            return "redis: {url: \"" + redis.url() + "\", password: \"${env:REDIS_PASSWORD}\", key: \"" + prefix
                    + ":{event_id}\"}";
        }

        @Override
        public Map<String, String> variables() {
            return Map.of("REDIS_PASSWORD", redis.password());
        }

        @Override
        public List<String> rows() {
            List<String> rows = new ArrayList<>();
            for (Object key : (List<?>) redis.ask("KEYS", prefix + ":*")) {
                rows.add(row(key.toString()));
            }
            return rows.stream().sorted().toList();
        }

        private String row(String key) {
            Map<String, String> fields = new HashMap<>();
            List<?> answer = (List<?>) redis.ask("HGETALL", key);
            for (int i = 0; i < answer.size(); i += 2) {
                fields.put(answer.get(i).toString(), answer.get(i + 1).toString());
            }
            String rating = fields.get("rating");
            return Events.canonical(
                    Long.parseLong(key.substring(key.indexOf(':') + 1)),
                    Long.parseLong(fields.get("user_id")),
                    fields.get("event_type"),
                    rating == null ? null : Double.valueOf(rating),
                    new BigDecimal(fields.get("price")).movePointRight(2).longValueExact(),
                    Instant.parse(fields.get("created_at")));
        }

        @Override
        public List<String> leftovers() {
            return List.of();
        }
    }
}
