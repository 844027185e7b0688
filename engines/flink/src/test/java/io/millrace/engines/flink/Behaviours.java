package io.millrace.engines.flink;

import io.millrace.sandbox.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Behaviour events of some days: as they happened in one topic, each once and none that is late, and as they come in another:
 * out of order, repeated, some too late.
 */
final class Behaviours implements AutoCloseable {
    static final int PARTITIONS = 3;
    static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");
    static final Duration OUT_OF_ORDER = Duration.ofMinutes(30);
    private static final int USERS = 25;
    private static final List<String> KINDS = List.of("view", "view", "view", "click", "purchase");

    private final Random random;
    private final EmbeddedKafka kafka = EmbeddedKafka.shared();
    private final String coming = kafka.createTopic(PARTITIONS);
    private final String recorded = kafka.createTopic(1);
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers(), ProducerConfig.ACKS_CONFIG, "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private long next;
    private long sent;
    private long repeated;

    Behaviours(Random random) {
        this.random = random;
    }

    /** What a features file says to read the topics. */
    String source(boolean asTheyCome) {
        return "kafka: {brokers: \"" + kafka.brokers() + "\", topic: " + (asTheyCome ? coming : recorded)
                + ", schema: {id: int64, user: int64, item: int64, kind: string, price: float64, ts: timestamp}}";
    }

    private record Message(Instant comes, byte[] json) {}

    /** Events between two moments, in both topics: up to half an hour out of order, every tenth of them twice. */
    void happen(int count, Instant from, Instant to) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long micros = (long) (random.nextDouble() * ChronoUnit.MICROS.between(from, to));
            Instant time = from.plus(
                    random.nextInt(10) == 0 ? micros / 3_600_000_000L * 3_600_000_000L : micros, ChronoUnit.MICROS);
            byte[] json = event(time);
            record(json);
            messages.add(new Message(time.plusSeconds(random.nextInt(1_790)), json));
            if (random.nextInt(10) == 0) {
                repeated++;
                messages.add(new Message(time.plusSeconds(random.nextInt(1_790)), json));
            }
        }
        messages.sort(Comparator.comparing(Message::comes));
        messages.forEach(message -> send(random.nextInt(PARTITIONS), message.json));
        producer.flush();
    }

    /** Events that come when the watermark has passed them; recorded are those that still count. */
    void comeAfterwards(int count, Instant from, Instant to, boolean counting) {
        for (int i = 0; i < count; i++) {
            byte[] json = event(from.plusSeconds(
                    random.nextInt((int) Duration.between(from, to).toSeconds())));
            if (counting) {
                record(json);
            }
            send(random.nextInt(PARTITIONS), json);
        }
        producer.flush();
    }

    /** Brings the watermark to a moment: an event in every partition, of a user who is nobody else. */
    void comeTo(Instant watermark) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(partition, json(next++, -1, watermark.plus(OUT_OF_ORDER)));
        }
        producer.flush();
    }

    private byte[] event(Instant time) {
        return json(next++, random.nextInt(USERS), time);
    }

    private byte[] json(long id, long user, Instant time) {
        String price = random.nextInt(4) == 0 ? "null" : Double.toString(random.nextInt(10_000) / 7.0);
        return ("{\"id\":" + id + ",\"user\":" + user + ",\"item\":" + random.nextInt(12) + ",\"kind\":\""
                        + KINDS.get(random.nextInt(KINDS.size())) + "\",\"price\":" + price + ",\"ts\":\"" + time
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void record(byte[] json) {
        producer.send(new ProducerRecord<>(recorded, json));
    }

    private void send(int partition, byte[] json) {
        sent++;
        producer.send(new ProducerRecord<>(coming, partition, null, json));
    }

    /** How many messages came. */
    long sent() {
        return sent;
    }

    /** How many of them were repetitions. */
    long repeated() {
        return repeated;
    }

    @Override
    public void close() {
        producer.close();
    }
}
