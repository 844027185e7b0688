package io.millrace.connectors.kafka;

import io.millrace.api.MillraceException;
import io.millrace.formats.json.JsonInference;
import io.millrace.formats.json.JsonLimits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks at a topic's oldest messages, an equal share of each partition, to see which columns their values have. The oldest,
 * because they are the same when an interrupted run looks again.
 */
final class ColumnSample {
    private final KafkaSourceSettings settings;
    private final Cluster cluster;
    private final KafkaErrors errors;
    private final ClusterAdmin admin;
    private final TopicLayout topic;
    private final JsonInference inference = new JsonInference(JsonLimits.DEFAULT);
    private int looked;

    ColumnSample(
            KafkaSourceSettings settings, Cluster cluster, KafkaErrors errors, ClusterAdmin admin, TopicLayout topic) {
        this.settings = settings;
        this.cluster = cluster;
        this.errors = errors;
        this.admin = admin;
        this.topic = topic;
    }

    MessageColumns infer() {
        List<TopicPartition> partitions = topic.topicPartitions();
        Map<Integer, Long> ends = admin.endOfCommitted(partitions);
        Map<Integer, Long> earliest = admin.earliest(partitions);
        int left = partitions.size();
        for (TopicPartition partition : partitions) {
            int number = partition.partition();
            int share = (settings.inferFrom() - looked + left - 1) / left;
            left--;
            OffsetRange range = new OffsetRange(number, earliest.get(number), ends.get(number));
            if (share > 0 && range.size() > 0) {
                look(range, share);
            }
        }
        if (looked == 0) {
            throw MillraceException.user("topic " + topic.name()
                    + " holds no JSON object from which columns could be inferred; declare them under schema");
        }
        return MessageColumns.ofInferred(settings, inference.fields(), Optional.of(looked));
    }

    private void look(OffsetRange range, int share) {
        int before = looked;
        // A message that is deleted while we look is no loss: it is not read yet.
        try (PartitionReader reader =
                new PartitionReader(cluster, errors, topic.name(), range, range.from(), LostOffsets.EARLIEST)) {
            while (looked - before < share) {
                ConsumerRecord<ByteBuffer, ByteBuffer> message = reader.next();
                if (message == null) {
                    return;
                }
                ByteBuffer value = message.value();
                boolean object = value != null
                        && inference
                                .add(value.array(), value.arrayOffset() + value.position(), value.remaining())
                                .isEmpty();
                looked += object ? 1 : 0;
            }
        }
    }
}
