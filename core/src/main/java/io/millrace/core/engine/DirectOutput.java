package io.millrace.core.engine;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.RetryPolicy;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.ledger.ResultJson;
import java.util.Optional;

/**
 * A piece that its writer commits itself. The whole result goes into the target as the piece's note, so that a commit whose
 * answer is lost, and one that a crash kept from the ledger, still tell what they hold.
 */
final class DirectOutput implements PieceOutput {
    private final DirectLoader loader;
    private final WriteTask task;
    private final DirectWriter writer;
    private final RetryPolicy retry;
    private final Backoff backoff;

    DirectOutput(DirectLoader loader, WriteTask task, Schema schema, RetryPolicy retry, Backoff backoff) {
        this.loader = loader;
        this.task = task;
        this.writer = loader.open(task, schema);
        this.retry = retry;
        this.backoff = backoff;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        writer.write(batch, rejects);
    }

    @Override
    public Written finish(Rejects rejects) {
        Receipt receipt = writer.flush(rejects);
        return new Written(Optional.empty(), Optional.of(receipt), receipt.loaded(), receipt.deduplicated());
    }

    @Override
    public PieceResult commit(PieceResult result) {
        String note = ResultJson.note(result);
        Failpoint.BEFORE_COMMIT.reached();
        String committed = commit(note);
        Failpoint.AFTER_COMMIT.reached();
        return committed.equals(note) ? result : ResultJson.ofNote(committed);
    }

    private String commit(String note) {
        try {
            return writer.commit(note);
        } catch (MillraceException failed) {
            if (failed.kind() != ErrorKind.COMMIT_UNKNOWN) {
                throw failed;
            }
            return find(failed)
                    .orElseThrow(() -> MillraceException.unavailable(
                            "the commit of " + task.piece() + " did not happen: " + failed.getMessage(), failed));
        }
    }

    /** What the target says; as long as it does not answer, nothing of the piece may be given up. */
    private Optional<String> find(MillraceException unknown) {
        for (int number = 1; ; number++) {
            try {
                return loader.find(task);
            } catch (MillraceException failed) {
                if (!retry.retries(failed, number)) {
                    unknown.addSuppressed(failed);
                    throw unknown;
                }
                backoff.await(retry.delay(number));
            }
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
