package io.millrace.connectors.kafka;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic as it is now.
 *
 * @param id of this very topic: one that is deleted and created again under the same name has another
 * @param partitions their numbers, ascending
 */
record TopicLayout(String name, String id, List<Integer> partitions) {
    List<TopicPartition> topicPartitions() {
        return partitions.stream()
                .map(partition -> new TopicPartition(name, partition))
                .toList();
    }
}
