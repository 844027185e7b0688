package io.millrace.engines.flink;

import io.millrace.sandbox.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Two days of events, sent to a topic out of order, over partitions at random, some twice and some hours after their time.
 */
final class RecordedEvents implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final Instant BEGIN = Instant.parse("2026-03-28T00:00:00Z");
    private static final int SECONDS = 2 * 24 * 3600;
    /** Less than the pipelines' out_of_orderness. */
    private static final int JITTER_SECONDS = 25;

    private static final int CERTAINLY_LATE = 5;

    private static final List<String> TYPES = List.of("view", "view", "view", "click", "cart", "purchase");

    private final EmbeddedKafka kafka = EmbeddedKafka.shared();
    private final String topic = kafka.createTopic(PARTITIONS);
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers(), ProducerConfig.ACKS_CONFIG, "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final Random random;
    private final List<Message> messages;
    private int sent;
    private int marks;

    /** @param sendAt seconds from the beginning, by which messages are ordered */
    private record Message(long id, String json, double sendAt, boolean delayed) {}

    RecordedEvents(int events, long seed) {
        this.random = new Random(seed);
        List<Message> all = new ArrayList<>();
        for (int id = 0; id < events; id++) {
            int user = random.nextInt(Math.max(1, events / 100));
            // Users come in bursts, so that there are sessions of all lengths.
            int burst = random.nextInt(SECONDS / 7_200) * 7_200;
            int at = Math.min(SECONDS - 1, burst + (int) (Math.abs(random.nextGaussian()) * 2_500));
            Instant time = BEGIN.plusSeconds(at).plusMillis(random.nextInt(4) * 250L);
            boolean delayed = random.nextInt(100) == 0;
            double sendAt = at + random.nextDouble() * JITTER_SECONDS + (delayed ? 7_200 + random.nextInt(7_200) : 0);
            String json = json(
                    id,
                    user,
                    random.nextInt(50),
                    TYPES.get(random.nextInt(TYPES.size())),
                    random.nextInt(10) == 0 ? "null" : Double.toString(random.nextDouble() * 1e3),
                    time);
            all.add(new Message(id, json, sendAt, delayed));
            if (random.nextInt(10) == 0) {
                all.add(new Message(id, json, sendAt + random.nextDouble() * 3_600, delayed));
            }
        }
        all.sort(Comparator.comparingDouble(Message::sendAt));
        // First in the second half, a day after their time: whatever the timing, they are late for every window.
        List<Message> late = IntStream.range(events, events + CERTAINLY_LATE)
                .mapToObj(id -> new Message(id, json(id, 0, 0, "view", "1.5", BEGIN), 0, true))
                .toList();
        all.addAll((all.size() + CERTAINLY_LATE) / 2, late);
        this.messages = all;
    }

    private static String json(long id, int user, int item, String type, String price, Instant time) {
        return String.format(
                Locale.ROOT,
                "{\"event_id\": %d, \"user_id\": %d, \"item\": \" item %d \", \"type\": \"%s\", \"price\": %s, \"ts\": \"%s\"}",
                id,
                user,
                item,
                type,
                price,
                time);
    }

    /** Sends the messages up to a part of all. */
    void send(double part) {
        for (int end = (int) (messages.size() * part); sent < end; sent++) {
            send(messages.get(sent).json(), random.nextInt(PARTITIONS));
        }
        producer.flush();
    }

    /** Sends an event of a later day to each partition, behind which no event can come in time. */
    void sendMarks() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String json = String.format(
                    "{\"event_id\": %d, \"user_id\": -1, \"item\": \"mark\", \"type\": \"mark\", \"price\": 0, \"ts\":"
                            + " \"2026-04-20T00:00:00Z\"}",
                    -1 - marks++);
            send(json, partition);
        }
        producer.flush();
    }

    private void send(String json, int partition) {
        producer.send(new ProducerRecord<>(topic, partition, null, json.getBytes(StandardCharsets.UTF_8)));
    }

    /** How many messages were sent. */
    long sent() {
        return sent + marks;
    }

    /** The events that were sent hours after their time. */
    Set<Long> delayed() {
        return messages.stream().filter(Message::delayed).map(Message::id).collect(Collectors.toSet());
    }

    /** All messages except those of some events, one a line. */
    String without(Set<Long> events) {
        Set<Long> excluded = new HashSet<>(events);
        return messages.stream()
                .filter(message -> !excluded.contains(message.id()))
                .map(Message::json)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static String schema() {
        return "{event_id: int64, user_id: int64, item: string, type: string, price: float64, ts: timestamp}";
    }

    /** What a pipeline says to read the topic. */
    String extract() {
        return "extract:\n  kafka: {brokers: \"" + kafka.brokers() + "\", topic: " + topic + ", schema: " + schema()
                + "}\n";
    }

    @Override
    public void close() {
        producer.close();
    }
}
