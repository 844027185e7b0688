package io.millrace.connectors.kafka;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.extractor.RecordedRejects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Messages a second of one reader, against a consumer that only counts them, as kafka-consumer-perf-test does: alternating
 * rounds over one topic. Arguments: how many messages (1,000,000), how many rounds (5).
 */
final class ReadBenchmark {
    private ReadBenchmark() {}

    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .jvmOption("-Xmx1g")
                .jvmOption("-XX:TieredStopAtLevel=4")
                .start()) {
            String topic = kafka.createTopic(1);
            fill(kafka, topic, count);
            System.out.println("topic " + topic + " at " + kafka.brokers());
            for (int round = 1; round <= rounds; round++) {
                double limit = counted(kafka, topic, count);
                double reader = read(kafka, topic, count);
                System.out.printf(
                        "round %d: counted %,.0f/s, read as columns %,.0f/s, ratio %.2f%n",
                        round, limit, reader, reader / limit);
            }
            if (arguments.length > 2) {
                System.out.println("waiting");
                System.in.read();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void fill(EmbeddedKafka kafka, String topic, int count) {
        Random random = new Random(7);
        String[] types = {"view", "click", "like", "purchase"};
        try (Messages messages = Messages.to(kafka.brokers())) {
            for (int i = 0; i < count; i++) {
                messages.send(
                        topic,
                        0,
                        "{\"event_id\": " + i + ", \"user_id\": " + random.nextInt(100_000) + ", \"item_id\": "
                                + random.nextInt(20_000) + ", \"event_type\": \"" + types[random.nextInt(4)]
                                + "\", \"category\": \"category " + random.nextInt(30) + "\", \"rating\": "
                                + random.nextInt(50) / 10.0 + ", \"ts\": \""
                                + Instant.ofEpochSecond(1_700_000_000L + i) + "\", \"page\": \"Light Steel Guitar no "
                                + random.nextInt(500) + "\"}");
            }
        }
    }

    private static double counted(EmbeddedKafka kafka, String topic, int count) {
        long began = System.nanoTime();
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.brokers(), "max.partition.fetch.bytes", 1 << 20);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long bytes = 0;
            for (int seen = 0; seen < count; ) {
                for (var message : consumer.poll(Duration.ofMillis(100))) {
                    seen++;
                    bytes += message.value().length;
                }
            }
            if (bytes == 0) {
                throw new AssertionError("nothing read");
            }
        }
        return count / ((System.nanoTime() - began) / 1e9);
    }

    private static double read(EmbeddedKafka kafka, String topic, int count) {
        SourceUnderTest source = new SourceUnderTest(kafka.brokers(), topic)
                .column("event_id", DataType.INT64)
                .column("user_id", DataType.INT64)
                .column("item_id", DataType.INT64)
                .column("event_type", DataType.STRING)
                .column("category", DataType.STRING)
                .column("rating", DataType.FLOAT64)
                .column("ts", DataType.TIMESTAMP)
                .column("page", DataType.STRING)
                .metadata(Metadata.OFFSET);
        source.splitMessages = Optional.of((long) count);
        long began = System.nanoTime();
        long rows = 0;
        try (Extractor extractor = source.extractor()) {
            for (Split split : SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(8_192)))) {
                try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                        rows += batch.rowCount();
                    }
                }
            }
        }
        if (rows != count) {
            throw new AssertionError(rows + " rows");
        }
        return count / ((System.nanoTime() - began) / 1e9);
    }
}
