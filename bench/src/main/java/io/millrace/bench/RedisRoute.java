package io.millrace.bench;

import io.millrace.sandbox.EmbeddedRedis;
import java.util.List;
import java.util.Map;

/**
 * Into hashes of Redis with three fields each, against redis-benchmark setting as many, as many at once, unguarded. A
 * repetition has a database of its own.
 */
final class RedisRoute implements Route {
    /** Above this, redis-benchmark's random keys would not be numbers of C's int. */
    private static final String KEY_SPACE = "2000000000";

    private static final int PIPELINE_DEPTH = 200;

    /** {@code millrace:fence:…} and {@code millrace:runs:…}. */
    private static final int OWN_KEYS = 2;

    private final EmbeddedRedis server = EmbeddedRedis.builder().start();
    private final Entrant limit;
    private final Entrant whole;
    private final Entrant warm;

    RedisRoute(Programs programs, Dataset rows) {
        List<String> benchmark = List.of(
                "redis-benchmark",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-a",
                server.password(),
                "-q",
                "-c",
                "1",
                "-P",
                Integer.toString(PIPELINE_DEPTH),
                "-n",
                Long.toString(rows.rows()),
                "-r",
                KEY_SPACE,
                "HSET",
                "event:__rand_int__",
                "user_id",
                "123456",
                "rating",
                "3.5",
                "created_at",
                "2024-03-01T00:00:00.123456Z");
        this.limit = new Entrant(
                "redis-benchmark",
                folder -> benchmark,
                Entrant.Timing.WHOLE_PROCESS,
                (folder, output) -> Math.min(hashesSet(), rows.rows()));
        PipelineText pipeline = new PipelineText(String.format(
                """
                pipeline: bench-redis
                extract: {files: {path: "%s", columns: [event_id, user_id, rating, created_at]}}
                load:
                  redis:
                    url: %s/{run}
                    password: ${env:REDIS_PASSWORD}
                    key: "event:{event_id}"
                    keys_per_call: %d
                """,
                rows.parquet(), server.url(), PIPELINE_DEPTH));
        this.whole = pipeline.whole(programs, (folder, output) -> keys(1));
        this.warm = pipeline.warm(programs, (folder, output) -> keys(2));
    }

    @Override
    public String name() {
        return "Parquet → Redis, hash of 3 fields, guarded";
    }

    @Override
    public String limitedBy() {
        return "redis-benchmark: HSET of 3 fields, " + PIPELINE_DEPTH + " at once";
    }

    @Override
    public double goal() {
        return 0.6;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("REDIS_PASSWORD", server.password());
    }

    @Override
    public void reset() {
        server.ask("FLUSHALL");
        server.ask("CONFIG", "RESETSTAT");
    }

    @Override
    public Entrant limit() {
        return limit;
    }

    @Override
    public Entrant warmLimit() {
        return limit;
    }

    @Override
    public Entrant whole() {
        return whole;
    }

    @Override
    public Entrant warm() {
        return warm;
    }

    /** Counted by the commands, because random keys meet now and then; a little more than asked for, for the last pipeline is full. */
    private long hashesSet() {
        String statistics = (String) server.ask("INFO", "commandstats");
        return statistics
                .lines()
                .filter(line -> line.startsWith("cmdstat_hset:calls="))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*?=(\\d+),.*", "$1")))
                .sum();
    }

    /** The keys of rows: {@code db1:keys=…} without those that the pipeline itself keeps. */
    private long keys(int database) {
        String key = "db" + database + ":keys=";
        String statistics = (String) server.ask("INFO", "keyspace");
        long all = statistics
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length()).replaceFirst(",.*", "")))
                .sum();
        return all - OWN_KEYS;
    }

    @Override
    public void close() {
        server.close();
    }
}
