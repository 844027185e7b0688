package io.millrace.connectors.kafka;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes a topic piece by piece, each with its record in the ledger in one transaction. What readers of committed messages see
 * of a run is whole pieces.
 */
final class KafkaLoader implements DirectLoader {
    /** What a broker accepts of one message, where it does not say. */
    private static final int USUAL_MESSAGE_BYTES = 1_048_588;

    private final KafkaTargetSettings settings;
    private final Cluster cluster;
    private final KafkaErrors errors;
    private final LedgerTopic ledger;
    private final Map<WriterScope, LedgerView> views = new HashMap<>();
    /** Producers whose commit was not answered. */
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    private ClusterAdmin admin;
    private ProducerRegister register;
    private Integer largestMessage;
    private boolean closed;

    KafkaLoader(KafkaTargetSettings settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
        this.errors = new KafkaErrors(cluster, settings.topic());
        this.ledger = new LedgerTopic(settings.ledger());
    }

    @Override
    public String describe() {
        return cluster.describe(settings.topic());
    }

    @Override
    public WriteMode mode() {
        return WriteMode.APPEND;
    }

    @Override
    public void validate(Schema schema) {
        new MessageEncoder(settings, schema);
        if (admin().find(settings.topic()).isEmpty() && settings.partitions().isEmpty()) {
            throw MillraceException.user("there is no topic '" + settings.topic() + "' at " + cluster.brokers()
                    + ". Check topic and brokers, or say under partitions with how many to create it.");
        }
        ledger.check(admin().find(ledger.name()));
    }

    @Override
    public Fence prepare(LoadRequest request) {
        validate(request.schema());
        settings.partitions().ifPresent(count -> {
            if (admin().find(settings.topic()).isEmpty()) {
                admin().create(settings.topic(), count, settings.replicas().map(Integer::shortValue), Map.of());
            }
        });
        ledger.prepare(admin());
        WriterScope scope = new WriterScope(request.lineage(), settings.topic());
        return new FenceMove(cluster, admin(), errors, ledger, register()).take(scope, view(scope));
    }

    @Override
    public Optional<String> find(WriteTask task) {
        WriterScope scope = scope(task);
        String id = scope.producer(task);
        if (unanswered.contains(id)) {
            // Its commit may still be on its way: only a refused producer's answer is final.
            admin().fenceProducers(List.of(id));
            unanswered.remove(id);
        }
        LedgerView view = view(scope);
        view.refresh();
        return view.note(task);
    }

    @Override
    public OptionalLong lastCommitted(Lineage lineage) {
        if (admin().find(ledger.name()).isEmpty()) {
            return OptionalLong.empty();
        }
        LedgerView view = view(new WriterScope(lineage, settings.topic()));
        view.refresh();
        return view.lastCheckpoint();
    }

    @Override
    public DirectWriter open(WriteTask task, Schema schema) {
        MessageEncoder encoder = new MessageEncoder(settings, schema);
        WriterScope scope = scope(task);
        // In this order: see FenceMove.
        register().add(scope, scope.producer(task));
        PieceTransaction transaction = PieceTransaction.begin(
                cluster, errors, settings.transactionTimeout(), scope.producer(task), largestMessage());
        try {
            LedgerView view = view(scope);
            view.refresh();
            requireFence(task, view);
            Optional<String> committed = view.note(task);
            if (committed.isPresent()) {
                transaction.close();
                return new CommittedPiece(committed.get());
            }
            return new TransactionalWriter(this, task, schema, encoder, transaction, largestMessage());
        } catch (RuntimeException failure) {
            transaction.close();
            throw failure;
        }
    }

    /** Throws FENCED where a newer run has taken over. */
    void requireFence(WriteTask task, LedgerView view) {
        if (view.epoch() != task.fence().epoch()) {
            throw new MillraceException(
                    ErrorKind.FENCED,
                    "a newer run of pipeline '" + task.lineage().pipeline() + "' has taken over topic "
                            + settings.topic() + " (epoch " + view.epoch() + ", ours is "
                            + task.fence().epoch() + "); this one must not write any more.");
        }
    }

    /** What a piece adds to the ledger: its record, and that its producer is done. */
    List<ProducerRecord<byte[], byte[]>> records(WriteTask task, String note) {
        WriterScope scope = scope(task);
        return List.of(ledger.piece(scope, task, note), ledger.producerIsDone(scope, scope.producer(task)));
    }

    /** What the ledger says of those that write for the same lineage. */
    LedgerView view(WriteTask task) {
        return view(scope(task));
    }

    private WriterScope scope(WriteTask task) {
        return WriterScope.of(task, settings.topic());
    }

    Duration timeout() {
        return settings.timeout();
    }

    Duration transactionTimeout() {
        return settings.transactionTimeout();
    }

    /** Remembers that the answer to this task's commit was lost. */
    void unanswered(WriteTask task) {
        unanswered.add(scope(task).producer(task));
    }

    private synchronized LedgerView view(WriterScope scope) {
        refuseClosed();
        // An open transaction of whomever ends by its own time-out at the latest.
        Duration patience = settings.transactionTimeout().plus(settings.timeout());
        return views.computeIfAbsent(
                scope, absent -> new LedgerView(cluster, admin(), errors, ledger, absent, patience));
    }

    private synchronized int largestMessage() {
        if (largestMessage == null) {
            largestMessage = admin().setting(settings.topic(), "max.message.bytes")
                    .map(Integer::parseInt)
                    .orElse(USUAL_MESSAGE_BYTES);
        }
        return largestMessage;
    }

    private synchronized ProducerRegister register() {
        refuseClosed();
        if (register == null) {
            register = new ProducerRegister(cluster, errors, ledger);
        }
        return register;
    }

    private synchronized ClusterAdmin admin() {
        refuseClosed();
        if (admin == null) {
            admin = new ClusterAdmin(cluster, errors);
        }
        return admin;
    }

    private void refuseClosed() {
        if (closed) {
            throw new IllegalStateException("this loader is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        views.values().forEach(LedgerView::close);
        views.clear();
        if (register != null) {
            register.close();
            register = null;
        }
        if (admin != null) {
            admin.close();
            admin = null;
        }
    }
}
