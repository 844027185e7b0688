package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes into the ledger, at once and outside of transactions, which producers may be writing. Thread-safe. */
final class ProducerRegister implements AutoCloseable {
    private final KafkaErrors errors;
    private final LedgerTopic ledger;
    private final Producer<byte[], byte[]> producer;

    ProducerRegister(Cluster cluster, KafkaErrors errors, LedgerTopic ledger) {
        this.errors = errors;
        this.ledger = ledger;
        try {
            this.producer = new KafkaProducer<>(
                    cluster.plainProducerConfig(), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (RuntimeException failure) {
            throw errors.during("Preparing to write to topic " + ledger.name(), failure);
        }
    }

    /** Returns when the ledger has it. */
    void add(WriterScope scope, String transactionalId) {
        try {
            producer.send(ledger.producerComes(scope, transactionalId)).get();
        } catch (InterruptedException | InterruptException stopped) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "writing to Kafka was stopped.", stopped);
        } catch (ExecutionException | RuntimeException failure) {
            throw errors.during("Writing to topic " + ledger.name(), failure);
        }
    }

    /** Forgets producers that the brokers refuse by now. Nothing is lost where that fails: the next run does it again. */
    void remove(WriterScope scope, Collection<String> transactionalIds) {
        transactionalIds.forEach(id -> producer.send(ledger.producerIsDone(scope, id)));
        producer.flush();
    }

    @Override
    public void close() {
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
}
