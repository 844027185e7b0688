package io.millrace.engines.flink;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a stream begins that knows no offsets. Flink's own choices would also say what becomes of messages that were deleted
 * before they were read: silently going on at the oldest is for those only who ask for it.
 */
record FirstOffsets(boolean oldest, boolean passesOverLost) implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        OffsetsInitializer chosen = oldest ? OffsetsInitializer.earliest() : OffsetsInitializer.latest();
        return chosen.getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return passesOverLost ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE;
    }
}
