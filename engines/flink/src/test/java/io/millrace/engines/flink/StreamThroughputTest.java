package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.stream.StreamStart;
import io.millrace.sandbox.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a stream is, Kafka through clean and deduplicate into Delta, against a job that reads the same topic and throws all
 * away. A measurement, only made with {@code -Dmillrace.stream.rows=N}.
 */
@EnabledIfSystemProperty(named = "millrace.stream.rows", matches = "\\d+")
class StreamThroughputTest {
    private static final int ROWS = Integer.getInteger("millrace.stream.rows", 0);
    private static final int ROUNDS = 3;
    private static final int PARTITIONS = 4;

    @TempDir
    Path folder;

    private final EmbeddedKafka kafka = EmbeddedKafka.shared();
    private final String topic = kafka.createTopic(PARTITIONS);

    @Test
    void comparedWithReadingAlone() throws Exception {
        fill();
        for (int round = 1; round <= ROUNDS; round++) {
            double alone = rate(this::readAlone);
            for (String state : new String[] {"memory", "disk"}) {
                Path place = Files.createDirectory(folder.resolve(state + round));
                double stream = rate(() -> stream(place, state));
                System.err.printf(
                        Locale.ROOT,
                        "round %d: reading alone %.0f rows/s, stream with state on %s %.0f rows/s: %.2f%n",
                        round,
                        alone,
                        state,
                        stream,
                        stream / alone);
            }
        }
    }

    private interface Work {
        void perform() throws Exception;
    }

    private static double rate(Work work) throws Exception {
        long begun = System.nanoTime();
        work.perform();
        return ROWS * 1e9 / (System.nanoTime() - begun);
    }

    private void fill() {
        Random random = new Random(7);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers(), ProducerConfig.LINGER_MS_CONFIG, 50),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int id = 0; id < ROWS; id++) {
                String json = String.format(
                        Locale.ROOT,
                        "{\"event_id\": %d, \"user_id\": %d, \"item_id\": %d, \"type\": \" view \", \"rating\": %d.5, \"ts\":"
                                + " \"2026-01-01T%02d:%02d:%02dZ\"}",
                        id % 20 == 0 ? id / 2 : id,
                        random.nextInt(100_000),
                        random.nextInt(10_000),
                        id % 5,
                        id / 360_000 % 24,
                        id / 6_000 % 60,
                        id / 100 % 60);
                producer.send(
                        new ProducerRecord<>(topic, id % PARTITIONS, null, json.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private void readAlone() throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        KafkaSource<byte[]> source = KafkaSource.<byte[]>builder()
                .setBootstrapServers(kafka.brokers())
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new MessageSchema())
                .build();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .sinkTo(new DiscardingSink<>());
        environment.execute();
    }

    private void stream(Path place, String state) {
        Path file = Streaming.pipeline(
                place,
                "pipeline: clicks\nextract:\n  kafka: {brokers: \"" + kafka.brokers() + "\", topic: " + topic
                        + ", schema: {event_id: int64, user_id: int64, item_id: int64, type: string, rating: float64, ts:"
                        + " timestamp}}\ntransform:\n  - clean: {strings: {trim: true}, outliers: {rating: {min: 0, max: 5,"
                        + " action: reject}}}\n  - deduplicate: {key: [event_id]}\nload: {delta: {path: lake}}\n"
                        + "stream: {event_time: ts, checkpoint: 2s, state: " + state + "}\nrun: {parallelism: 2}\n");
        try (Streaming stream = Streaming.start(file, StreamStart.LATEST)) {
            stream.awaitExtracted(ROWS);
            assertThat(stream.latest().counts().deduplicated()).isPositive();
        }
    }
}
