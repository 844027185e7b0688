package io.millrace.sandbox;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends generated events to a topic, as JSON objects, one after the other and so many a second. The events of each partition
 * are in the order of their times. One thread.
 */
public final class EventFeed implements AutoCloseable {
    private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final Iterator<byte[]> events;
    private volatile long sent;

    /** Of the events of a generator, whose number is the most that can be sent. */
    public EventFeed(EventGenerator generator, String brokers, String topic, int partitions) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.ACKS_CONFIG,
                        "1",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.partitions = partitions;
        this.events = generator.json();
    }

    /** Sends events for so long, or until there are no more; returns when the brokers have them. */
    public void send(int perSecond, Duration length) {
        long begun = System.nanoTime();
        long before = sent;
        long elapsed = 0;
        while (elapsed < length.toNanos()
                && events.hasNext()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TICK_NANOS);
            elapsed = Math.min(System.nanoTime() - begun, length.toNanos());
            long due = before + (long) (perSecond * (elapsed / 1e9));
            while (sent < due && events.hasNext()) {
                send((int) (sent % partitions), events.next());
                sent++;
            }
        }
        producer.flush();
    }

    /** Sends an object that is none of the generator's to every partition. */
    public void sendToAll(byte[] json) {
        for (int partition = 0; partition < partitions; partition++) {
            send(partition, json);
        }
        producer.flush();
    }

    private void send(int partition, byte[] json) {
        producer.send(new ProducerRecord<>(topic, partition, null, json));
    }

    /** How many of the generator's events were sent. May be asked by any thread, and is then about right. */
    public long sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
