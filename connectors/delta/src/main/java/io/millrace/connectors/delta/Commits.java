package io.millrace.connectors.delta;

import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Puts transactions into the log, once each: whoever is beaten builds anew, on what the winner left. */
record Commits(TableFiles files) {
    /** A commit of ours can be beaten so often before the run gives up; each time means that another one came in. */
    static final int MOST_ATTEMPTS = 200;

    private static final long LONGEST_PAUSE_MILLIS = 500;

    private static final System.Logger LOGGER = System.getLogger(Commits.class.getName());

    /** False where another writer was faster. Any other failure leaves open whether it was done. */
    boolean attempt(Transaction transaction, List<Row> actions) {
        TransactionCommitResult result;
        try {
            result = transaction.commit(
                    files.engine(), CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
        } catch (RuntimeException failure) {
            if (isConflict(failure)) {
                return false;
            }
            throw failure;
        }
        result.getPostCommitHooks().forEach(this::invoke);
        return true;
    }

    private static boolean isConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommitFailedException failed) {
                return failed.isConflict();
            }
        }
        return false;
    }

    /** Checkpoints and checksums make reading faster; the commit stands without them. */
    private void invoke(PostCommitHook hook) {
        try {
            hook.threadSafeInvoke(files.engine());
        } catch (CheckpointAlreadyExistsException done) {
            // By another writer.
        } catch (IOException | RuntimeException failure) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the commit to " + files.root() + " is done, but not its " + hook.getType() + ": "
                            + failure.getMessage()
                            + "; the next commits bring the next one");
        }
    }

    /** Lets the others go on, so that beaten writers do not meet again at once. */
    void pause(int attempt) {
        if (attempt >= MOST_ATTEMPTS) {
            throw MillraceException.unavailable(
                    "other writers of the Delta table " + files.root() + " were faster " + attempt
                            + " times in a row; run again",
                    null);
        }
        try {
            // Writers that have collided wait for different times, so that they do not collide again.
            Thread.sleep(ThreadLocalRandom.current().nextLong(1 + Math.min(10L * attempt, LONGEST_PAUSE_MILLIS)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "stopped while committing to " + files.root());
        }
    }
}
