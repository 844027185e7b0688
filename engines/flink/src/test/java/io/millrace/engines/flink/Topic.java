package io.millrace.engines.flink;

import io.millrace.sandbox.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of clicks, numbered from 0; every tenth click is one that the pipelines of these tests reject. */
final class Topic implements AutoCloseable {
    static final int PARTITIONS = 3;
    private static final int BAD = 10;

    private final EmbeddedKafka kafka = EmbeddedKafka.shared();
    private final String name = kafka.createTopic(PARTITIONS);
    private final AtomicLong sent = new AtomicLong();
    private long repeated;
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers(), ProducerConfig.ACKS_CONFIG, "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    /** Sends so many more clicks. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            long id = sent.getAndIncrement();
            producer.send(new ProducerRecord<>(name, (int) (id % PARTITIONS), null, json(id)));
        }
        producer.flush();
    }

    /** Sends so many of the clicks again, chosen by chance. */
    void repeat(int count, Random random) {
        for (int i = 0; i < count; i++) {
            long id = random.nextLong(sent.get());
            producer.send(new ProducerRecord<>(name, random.nextInt(PARTITIONS), null, json(id)));
        }
        producer.flush();
        repeated += count;
    }

    private static byte[] json(long id) {
        String rating = id % BAD == 0 ? "99" : Long.toString(id % 5);
        return String.format(
                        "{\"id\": %d, \"user\": \" user %d \", \"rating\": %s, \"ts\": \"2026-01-01T00:%02d:%02dZ\"}",
                        id, id % 7, rating, id / 60 % 60, id % 60)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** How many messages there are, repeated ones too. */
    long messages() {
        return sent() + repeated;
    }

    /** How many were sent. */
    long sent() {
        return sent.get();
    }

    /** How many of them are good. */
    long good() {
        return sent() - bad();
    }

    /** The ids of the good ones. */
    List<Long> goodIds() {
        return LongStream.range(0, sent()).filter(id -> id % BAD != 0).boxed().toList();
    }

    long bad() {
        return (sent() + BAD - 1) / BAD;
    }

    String name() {
        return name;
    }

    String brokers() {
        return kafka.brokers();
    }

    /** What a pipeline says to read it. */
    String extract() {
        return "  kafka:\n    brokers: \"" + kafka.brokers() + "\"\n    topic: " + name
                + "\n    schema: {id: int64, user: string, rating: float64, ts: timestamp}\n";
    }

    /** The steps of these tests: text is trimmed, ratings above 5 are rejected. */
    static String steps() {
        return "transform:\n  - clean: {outliers: {rating: {min: 0, max: 5, action: reject}}}\n"
                + "  - derive: {minute: \"EXTRACT(MINUTE FROM ts)\"}\n";
    }

    @Override
    public void close() {
        producer.close();
    }
}
