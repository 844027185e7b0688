package io.millrace.app.matrix;

import io.millrace.sandbox.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

final class KafkaSource implements MatrixSource {
    private final EmbeddedKafka kafka = EmbeddedKafka.shared();
    private final String topic = kafka.createTopic(3);

    KafkaSource() {
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers(), ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Events.Event event : Events.all()) {
                producer.send(new ProducerRecord<>(
                        topic, (int) (event.id() % 3), null, Events.json(event).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String settings() {
        return "kafka: {brokers: \"" + kafka.brokers() + "\", topic: " + topic + ", from: earliest, value: json,"
                + " schema: " + Events.schema() + "}";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }
}
