package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.MillraceException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Takes a scope's next epoch such that no writer with an older one can commit any more.
 *
 * <p>Two steps. First the epoch is written to the ledger, in a transaction under a name that all of its runs share, so that two
 * of them cannot take the same one. Then the brokers are made to refuse the producers of older epochs that the ledger names.
 *
 * <p>A writer puts its producer's name into the ledger, makes it known to the brokers, and then looks for a newer epoch. So a
 * name that stands before the epoch is seen here and refused; whoever comes behind it, or is made known to the brokers again
 * later, sees the epoch and does not begin.
 */
final class FenceMove {
    private final Cluster cluster;
    private final ClusterAdmin admin;
    private final KafkaErrors errors;
    private final LedgerTopic ledger;
    private final ProducerRegister register;

    FenceMove(Cluster cluster, ClusterAdmin admin, KafkaErrors errors, LedgerTopic ledger, ProducerRegister register) {
        this.cluster = cluster;
        this.admin = admin;
        this.errors = errors;
        this.ledger = ledger;
        this.register = register;
    }

    Fence take(WriterScope scope, LedgerView view) {
        long epoch = next(scope, view);
        view.refresh();
        List<String> older = view.producersBefore(epoch);
        admin.fenceProducers(older);
        register.remove(scope, older);
        return new Fence(epoch);
    }

    private long next(WriterScope scope, LedgerView view) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.producerConfig(scope.fenceProducer(), cluster.timeout()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            try {
                producer.initTransactions();
                view.refresh();
                long epoch = view.epoch() + 1;
                producer.beginTransaction();
                producer.send(ledger.fence(scope, epoch));
                producer.commitTransaction();
                return epoch;
            } finally {
                producer.close(Duration.ZERO);
            }
        } catch (InterruptException stopped) {
            throw new MillraceException(ErrorKind.STOPPED, "taking the fence was stopped.", stopped);
        } catch (RuntimeException failure) {
            if (KafkaErrors.fenced(failure)) {
                throw MillraceException.unavailable(
                        "Another run of pipeline '" + scope.lineage().pipeline()
                                + "' is taking its turn at this moment.",
                        failure);
            }
            throw errors.during("Taking the fence in topic " + ledger.name(), failure);
        }
    }
}
