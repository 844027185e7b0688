package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all committed messages of a topic with Kafka's own consumer. */
final class ForeignReader {
    private ForeignReader() {}

    static List<ConsumerRecord<byte[], byte[]>> committed(String brokers, String topic) {
        return read(brokers, topic, "read_committed");
    }

    static List<ConsumerRecord<byte[], byte[]>> all(String brokers, String topic) {
        return read(brokers, topic, "read_uncommitted");
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String brokers, String topic, String isolation) {
        Map<String, Object> config = Map.of("bootstrap.servers", brokers, "isolation.level", isolation);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<PartitionInfo> known = consumer.listTopics().getOrDefault(topic, List.of());
            List<TopicPartition> partitions = known.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
            if (partitions.isEmpty()) {
                return messages;
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
            return messages;
        }
    }
}
