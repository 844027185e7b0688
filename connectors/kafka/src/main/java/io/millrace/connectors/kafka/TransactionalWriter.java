package io.millrace.connectors.kafka;

import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes one piece in one transaction, whose last message is the piece's record in the ledger. */
final class TransactionalWriter implements DirectWriter {
    /** What a batch of one message has beside its key and value, at most. */
    private static final int ENVELOPE = 128;

    private final KafkaLoader loader;
    private final WriteTask task;
    private final MessageEncoder encoder;
    private final PieceTransaction transaction;
    private final int largestMessage;
    private final String timestampColumn;
    private long rows;
    private boolean decided;

    TransactionalWriter(
            KafkaLoader loader,
            WriteTask task,
            Schema schema,
            MessageEncoder encoder,
            PieceTransaction transaction,
            int largestMessage) {
        this.loader = loader;
        this.task = task;
        this.encoder = encoder;
        this.transaction = transaction;
        this.largestMessage = largestMessage;
        this.timestampColumn = encoder.timestampColumn(schema);
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!encoder.hasTime(batch, row)) {
                rejects.reject(batch, row, timestampColumn, "a time before 1970, which no message can have");
                continue;
            }
            ProducerRecord<byte[], byte[]> message = encoder.encode(batch, row);
            if (size(message) > largestMessage) {
                rejects.reject(batch, row, null, "as a message larger than " + largestMessage + " bytes");
                continue;
            }
            transaction.send(message);
            rows++;
        }
    }

    private static long size(ProducerRecord<byte[], byte[]> message) {
        return (long) ENVELOPE
                + (message.key() == null ? 0 : message.key().length)
                + (message.value() == null ? 0 : message.value().length);
    }

    @Override
    public Receipt flush(Rejects rejects) {
        transaction.flush();
        return new Receipt(rows, 0);
    }

    @Override
    public String commit(String note) {
        loader.records(task, note).forEach(transaction::send);
        transaction.flush();
        Failpoint.MID_COMMIT.reached();
        try {
            transaction.commit();
        } catch (MillraceException unknown) {
            decided = true;
            loader.unanswered(task);
            transaction.close();
            throw unknown;
        }
        decided = true;
        transaction.close();
        return transaction.fenced() ? noteOfAnother() : note;
    }

    /**
     * The brokers refused our producer. Who is allowed instead: a newer run, then we are fenced; another attempt at the piece,
     * then its note is the answer once it has committed; or nobody, then the transaction took too long.
     */
    private String noteOfAnother() {
        LedgerView view = loader.view(task);
        long deadline = System.nanoTime() + loader.timeout().toNanos();
        while (true) {
            view.refresh();
            Optional<String> committed = view.note(task);
            if (committed.isPresent()) {
                return committed.get();
            }
            loader.requireFence(task, view);
            if (transaction.age().compareTo(loader.transactionTimeout()) > 0) {
                throw new MillraceException(
                        ErrorKind.DENIED,
                        "The brokers aborted piece " + task.piece() + ": its transaction was open for longer than "
                                + loader.transactionTimeout().toSeconds()
                                + " s. Make splits smaller, or raise transaction_timeout.");
            }
            if (System.nanoTime() > deadline) {
                throw MillraceException.unavailable(
                        "Piece " + task.piece() + " was taken over by another attempt, which has not committed it.",
                        null);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new MillraceException(ErrorKind.STOPPED, "waiting for another attempt was stopped.");
            }
        }
    }

    @Override
    public void abort() {
        if (!decided) {
            decided = true;
            transaction.abort();
        }
    }

    @Override
    public void close() {
        abort();
        transaction.close();
    }
}
