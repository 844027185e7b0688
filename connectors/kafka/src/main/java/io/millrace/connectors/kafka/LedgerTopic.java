package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.WriteTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic that remembers, beside the data and in the same transactions, which pieces are committed, which epoch of each
 * {@link WriterScope} is the newest, and which producers may be writing.
 *
 * <p>All of a scope's records lie in one partition, so that a reader has one end to read to. The number of partitions is
 * fixed: with another one, what was written would not be found. Records are forgotten after {@link #KEPT}.
 */
record LedgerTopic(String name) {
    static final int PARTITIONS = 16;
    private static final Duration KEPT = Duration.ofDays(90);

    /** Creates the topic where it is missing; a user error where there is one that cannot serve. */
    void prepare(ClusterAdmin admin) {
        Optional<TopicLayout> found = admin.find(name);
        if (found.isEmpty()) {
            Map<String, String> settings =
                    Map.of("cleanup.policy", "compact,delete", "retention.ms", Long.toString(KEPT.toMillis()));
            admin.create(name, PARTITIONS, Optional.empty(), settings);
            found = admin.find(name);
        }
        check(found);
    }

    /** Refuses a topic that cannot serve as a ledger. */
    void check(Optional<TopicLayout> found) {
        found.ifPresent(topic -> {
            if (topic.partitions().size() != PARTITIONS) {
                throw new MillraceException(
                        ErrorKind.USER,
                        "topic " + name + " has " + topic.partitions().size() + " partitions; a ledger has "
                                + PARTITIONS
                                + ", always. Name another topic under ledger; Millrace creates it as it must be.");
            }
        });
    }

    /** Where the scope's records lie. */
    int partition(WriterScope scope) {
        CRC32 hash = new CRC32();
        hash.update(scope.prefix().getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % PARTITIONS);
    }

    ProducerRecord<byte[], byte[]> fence(WriterScope scope, long epoch) {
        return record(scope, scope.fenceKey(), Long.toString(epoch));
    }

    ProducerRecord<byte[], byte[]> piece(WriterScope scope, WriteTask task, String note) {
        return record(scope, scope.pieceKey(task), note);
    }

    /** Says that a producer may be writing. */
    ProducerRecord<byte[], byte[]> producerComes(WriterScope scope, String producer) {
        return record(scope, scope.producerKey(producer), "writing");
    }

    /** Says that a producer will not write any more. */
    ProducerRecord<byte[], byte[]> producerIsDone(WriterScope scope, String producer) {
        return record(scope, scope.producerKey(producer), null);
    }

    private ProducerRecord<byte[], byte[]> record(WriterScope scope, String key, String value) {
        return new ProducerRecord<>(
                name,
                partition(scope),
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }
}
