package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.StreamUnit;
import io.millrace.api.WriteTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the ledger says of one scope, read from its beginning once and then as it grows. Thread-safe. */
final class LedgerView implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final ClusterAdmin admin;
    private final KafkaErrors errors;
    private final TopicPartition partition;
    private final WriterScope scope;
    private final Duration patience;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, String> notes = new HashMap<>();
    /** The ledger's keys of producers that may be writing. */
    private final Set<String> producers = new HashSet<>();

    private long epoch;

    /** @param patience how long transactions that stand in front of the end may stay open */
    LedgerView(
            Cluster cluster,
            ClusterAdmin admin,
            KafkaErrors errors,
            LedgerTopic ledger,
            WriterScope scope,
            Duration patience) {
        this.admin = admin;
        this.errors = errors;
        this.partition = new TopicPartition(ledger.name(), ledger.partition(scope));
        this.scope = scope;
        this.patience = patience;
        try {
            this.consumer = new KafkaConsumer<>(
                    cluster.consumerConfig(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
        } catch (RuntimeException failure) {
            throw errors.during("Preparing to read " + partition.topic(), failure);
        }
    }

    /**
     * Reads everything that has been decided before this call. Waits for transactions that have reached the ledger and are not
     * decided yet: the record that somebody asks for may be behind them, or theirs.
     */
    synchronized void refresh() {
        long end = admin.endOfAll(List.of(partition)).get(partition.partition());
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (consumer.position(partition) < end) {
                consumer.poll(POLL).records(partition).forEach(this::note);
                if (System.nanoTime() > deadline) {
                    throw MillraceException.unavailable(
                            "Topic " + partition.topic() + ": a transaction has been open for " + patience.toSeconds()
                                    + " s, and what follows it cannot be read yet.",
                            null);
                }
            }
        } catch (InterruptException stopped) {
            throw new MillraceException(ErrorKind.STOPPED, "reading " + partition.topic() + " was stopped.", stopped);
        } catch (MillraceException known) {
            throw known;
        } catch (RuntimeException failure) {
            throw errors.during("Reading " + partition.topic(), failure);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.startsWith(scope.prefix())) {
            return;
        }
        if (record.value() == null) {
            producers.remove(key);
            return;
        }
        String value = new String(record.value(), StandardCharsets.UTF_8);
        if (key.equals(scope.fenceKey())) {
            epoch = Long.parseLong(value);
        } else if (scope.epochOfProducer(key).isPresent()) {
            producers.add(key);
        } else {
            notes.putIfAbsent(key, value);
        }
    }

    /** The newest epoch that was handed out; 0 before the first. */
    synchronized long epoch() {
        return epoch;
    }

    /** The note that was committed with the piece. */
    synchronized Optional<String> note(WriteTask task) {
        return Optional.ofNullable(notes.get(scope.pieceKey(task)));
    }

    /** The newest checkpoint that a piece is of; empty where the lineage is no stream's. */
    synchronized OptionalLong lastCheckpoint() {
        return notes.keySet().stream()
                .map(scope::unitOfPiece)
                .flatMap(Optional::stream)
                .map(StreamUnit::checkpoint)
                .flatMapToLong(OptionalLong::stream)
                .max();
    }

    /** The producers with an older epoch that may be writing. */
    synchronized List<String> producersBefore(long newer) {
        return producers.stream()
                .filter(key -> scope.epochOfProducer(key).orElseThrow() < newer)
                .map(scope::producerOf)
                .toList();
    }

    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(Duration.ZERO);
        } catch (RuntimeException ignored) {
            // What it has open goes with its sockets.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
