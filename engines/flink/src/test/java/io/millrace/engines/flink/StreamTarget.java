package io.millrace.engines.flink;

import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EmbeddedRedis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The kinds of targets, each a real one that is empty, with what a pipeline says to write it and how to read it back. */
enum StreamTarget {
    PARQUET(folder ->
            new Place("parquet: {path: lake, mode: append}", () -> ids(Lake.parquet(folder.resolve("lake"))))),
    DELTA(folder -> new Place("delta: {path: table, mode: append}", () -> ids(Lake.delta(folder.resolve("table"))))),
    POSTGRES(folder -> postgres()),
    KAFKA(folder -> kafka()),
    REDIS(folder -> redis());

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final EmbeddedKafka BROKER = EmbeddedKafka.shared();

    private final Function<Path, Place> make;

    StreamTarget(Function<Path, Place> make) {
        this.make = make;
    }

    /** An empty one, for a pipeline in this folder. */
    Place create(Path folder) {
        return make.apply(folder);
    }

    /** True where rows bear no trace of being written twice. */
    boolean forgives() {
        return this == REDIS;
    }

    /** One target. */
    static final class Place {
        private final String settings;
        private final Reading reading;

        Place(String settings, Reading reading) {
            this.settings = settings;
            this.reading = reading;
        }

        private interface Reading {
            List<Long> ids();
        }

        /** What stands under {@code load}, in YAML's flow style. */
        String settings() {
            return settings;
        }

        /** The ids of all rows, sorted. */
        List<Long> ids() {
            return reading.ids().stream().sorted().toList();
        }
    }

    private static List<Long> ids(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> (Long) row.get("id")).toList();
    }

    private static Place postgres() {
        try {
            Database database = EmbeddedPostgres.shared().createDatabase();
            String settings = "postgres: {url: \"" + database.url() + "\", user: \"" + database.user()
                    + "\", password: \"" + database.password() + "\", table: clicks, mode: append}";
            return new Place(settings, () -> select(database));
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static List<Long> select(Database database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM clicks")) {
            List<Long> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Place kafka() {
        String topic = BROKER.createTopic(2);
        return new Place(
                "kafka: {brokers: \"" + BROKER.brokers() + "\", topic: " + topic + ", key: id}",
                () -> messages(topic).stream().map(StreamTarget::id).toList());
    }

    private static Long id(String json) {
        Matcher matcher = ID.matcher(json);
        if (!matcher.find()) {
            throw new AssertionError(json);
        }
        return Long.valueOf(matcher.group(1));
    }

    /** All committed messages of a topic. */
    static List<String> messages(String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                BROKER.brokers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo info : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            List<String> values = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
                    values.add(message.value());
                }
            }
            return values;
        }
    }

    private static final class Redis {
        private static final EmbeddedRedis SERVER = EmbeddedRedis.builder().start();
        private static int prefixes;
    }

    private static synchronized Place redis() {
        EmbeddedRedis server = Redis.SERVER;
        String prefix = "clicks" + ++Redis.prefixes;
        return new Place(
                "redis: {url: \"" + server.url() + "\", password: \"" + server.password() + "\", key: \"" + prefix
                        + ":{id}\"}",
                () -> {
                    List<Long> ids = new ArrayList<>();
                    for (Object key : (List<?>) server.ask("KEYS", prefix + ":*")) {
                        ids.add(Long.valueOf(key.toString().substring(prefix.length() + 1)));
                    }
                    return ids;
                });
    }
}
