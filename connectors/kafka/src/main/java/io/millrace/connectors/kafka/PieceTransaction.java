package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer of one transaction. One thread. Failures that come late are thrown by the next call; that another producer has
 * taken over is not thrown but remembered, since what that means is in the ledger.
 */
final class PieceTransaction implements AutoCloseable {
    private final KafkaErrors errors;
    private final String transactionalId;
    private final Producer<byte[], byte[]> producer;
    private volatile Exception failure;
    private boolean begun;
    private boolean fenced;
    private boolean closed;
    private long beganAt;

    private PieceTransaction(KafkaErrors errors, String transactionalId, Producer<byte[], byte[]> producer) {
        this.errors = errors;
        this.transactionalId = transactionalId;
        this.producer = producer;
    }

    /**
     * Makes the producer known to the brokers: they end what an earlier one under this name has begun, abort it or finish its
     * commit, before this returns.
     */
    static PieceTransaction begin(
            Cluster cluster, KafkaErrors errors, Duration timeout, String transactionalId, int largestMessage) {
        Map<String, Object> config = cluster.producerConfig(transactionalId, timeout);
        config.put("max.request.size", largestMessage);
        int batch = Integer.parseInt(config.get("batch.size").toString());
        config.put("batch.size", Math.min(batch, largestMessage));
        Producer<byte[], byte[]> producer = null;
        try {
            producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            producer.initTransactions();
            return new PieceTransaction(errors, transactionalId, producer);
        } catch (RuntimeException refused) {
            if (producer != null) {
                close(producer);
            }
            if (refused instanceof InterruptException) {
                throw stopped(refused);
            }
            if (KafkaErrors.fenced(refused)) {
                throw MillraceException.unavailable(
                        "Another attempt began to write the same piece at the same moment (" + transactionalId + ").",
                        refused);
            }
            throw errors.during("Beginning transaction " + transactionalId, refused);
        }
    }

    /** True once the brokers have refused this producer: for a newer one, or because the transaction took too long. */
    boolean fenced() {
        return fenced;
    }

    /** Since when the transaction is open; only once it is. */
    Duration age() {
        return begun ? Duration.ofNanos(System.nanoTime() - beganAt) : Duration.ZERO;
    }

    void send(ProducerRecord<byte[], byte[]> message) {
        if (fenced) {
            return;
        }
        try {
            if (!begun) {
                producer.beginTransaction();
                begun = true;
                beganAt = System.nanoTime();
            }
            producer.send(message, this::answered);
        } catch (RuntimeException refused) {
            understand(refused, "Sending messages");
        }
        throwFailure();
    }

    private void answered(RecordMetadata metadata, Exception refused) {
        if (refused != null && failure == null) {
            failure = refused;
        }
    }

    /** Waits for the answers to all messages. */
    void flush() {
        if (fenced) {
            return;
        }
        try {
            producer.flush();
        } catch (RuntimeException refused) {
            understand(refused, "Sending messages");
        }
        throwFailure();
    }

    private void throwFailure() {
        Exception known = failure;
        if (known != null && !fenced) {
            understand(known, "Sending messages");
        }
    }

    private void understand(Exception refused, String attempted) {
        if (refused instanceof InterruptException) {
            throw stopped(refused);
        }
        // In an error state the producer tells only that; the answer that brought it there says more.
        Exception first = failure == null ? refused : failure;
        if (KafkaErrors.fenced(refused) || KafkaErrors.fenced(first)) {
            fenced = true;
            return;
        }
        throw errors.during(attempted, first);
    }

    /** Commits what was flushed. COMMIT_UNKNOWN where no answer came; afterwards {@link #fenced} may be true. */
    void commit() {
        if (fenced) {
            return;
        }
        try {
            producer.commitTransaction();
        } catch (RuntimeException refused) {
            if (KafkaErrors.fenced(refused)) {
                fenced = true;
                return;
            }
            if (refused instanceof InterruptException) {
                Thread.currentThread().interrupt();
            }
            throw new MillraceException(
                    ErrorKind.COMMIT_UNKNOWN,
                    "The answer to the commit of transaction " + transactionalId
                            + " did not come: it may or may not be committed. The ledger tells; resume the run.",
                    refused);
        }
    }

    /** Takes back what was sent; does not throw. */
    void abort() {
        if (begun && !fenced && !closed) {
            boolean interrupted = Thread.interrupted();
            try {
                producer.abortTransaction();
            } catch (RuntimeException gone) {
                // The brokers abort it after its time-out, or for the next attempt.
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        close();
    }

    /** Leaves the brokers to decide: an open transaction is aborted after its time-out, or for the next attempt. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            close(producer);
        }
    }

    private static void close(Producer<?, ?> producer) {
        boolean interrupted = Thread.interrupted();
        try {
            producer.close(Duration.ZERO);
        } catch (RuntimeException ignored) {
            // What it has open goes with its sockets.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static MillraceException stopped(Exception cause) {
        return new MillraceException(ErrorKind.STOPPED, "writing to Kafka was stopped.", cause);
    }
}
