package io.millrace.api;

import io.millrace.api.data.Batch;
import java.util.Optional;

/** The batches of one split. One thread, except that {@link #close} may be called from another to end a {@link #next}. */
public interface BatchReader extends AutoCloseable {
    /**
     * The next batch, never empty, or null behind the last one. Interruptible.
     *
     * <p>A batch's origin numbers the split's rows as the source delivers them, rejected ones included; a reader that goes on
     * in the middle of a split goes on numbering.
     */
    Batch next();

    /** How many source rows this reader has read so far, rejected ones included. */
    long rowsRead();

    /** A token from which {@link Extractor#open} continues exactly behind the last batch; empty where it cannot. */
    default Optional<String> resumePoint() {
        return Optional.empty();
    }

    /** Ends reading; does not throw for a dead server. Idempotent. */
    @Override
    void close();
}
