package io.millrace.connectors.kafka;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another program that writes messages. */
final class Messages implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    private Messages(Map<String, Object> config) {
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Messages to(String brokers) {
        return new Messages(config(brokers));
    }

    static Messages inTransactions(String brokers, String transactionalId) {
        Map<String, Object> config = config(brokers);
        config.put("transactional.id", transactionalId);
        Messages messages = new Messages(config);
        messages.producer.initTransactions();
        return messages;
    }

    private static Map<String, Object> config(String brokers) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", brokers);
        config.put("acks", "all");
        return config;
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    Messages begin() {
        producer.beginTransaction();
        return this;
    }

    Messages commit() {
        producer.commitTransaction();
        return this;
    }

    Messages abort() {
        producer.abortTransaction();
        return this;
    }

    Messages send(ProducerRecord<byte[], byte[]> message) {
        producer.send(message);
        return this;
    }

    Messages send(String topic, int partition, String... values) {
        for (String value : values) {
            send(new ProducerRecord<>(topic, partition, null, bytes(value)));
        }
        return this;
    }

    /** As producers of old formats write: without a time, which the client's own interface does not allow. */
    Messages sendWithoutTime(String topic, int partition, String value) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, partition, 0L, null, bytes(value));
        try {
            Field time = ProducerRecord.class.getDeclaredField("timestamp");
            time.setAccessible(true);
            time.set(message, RecordBatch.NO_TIMESTAMP);
        } catch (ReflectiveOperationException changed) {
            throw new AssertionError(changed);
        }
        return send(message);
    }

    /** Waits until the broker has them, and returns the next offset. */
    long sendAndWait(ProducerRecord<byte[], byte[]> message) {
        try {
            return producer.send(message).get().offset() + 1;
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    Messages flush() {
        producer.flush();
        return this;
    }

    @Override
    public void close() {
        producer.close();
    }
}
