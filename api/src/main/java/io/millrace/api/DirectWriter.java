package io.millrace.api;

import io.millrace.api.data.Batch;

/** Writes and commits one piece. One thread. */
public interface DirectWriter extends AutoCloseable {
    void write(Batch batch, Rejects rejects);

    /**
     * Sends everything that is still held back, and says what the commit will add. Nothing can be written, rejected or
     * deduplicated afterwards, so that the caller can put what it has counted into the note.
     */
    Receipt flush(Rejects rejects);

    /**
     * Commits the rows together with a record of the piece that holds the note.
     *
     * @param note the caller's text about the piece; a few hundred bytes
     * @return the note that the target now holds for the piece: another one where an earlier attempt had committed, in
     *     which case this attempt has changed nothing
     * @throws MillraceException COMMIT_UNKNOWN where the answer was lost: {@link DirectLoader#find} knows
     */
    String commit(String note);

    /** Takes back what was written; never throws. */
    void abort();

    /** Releases everything; aborts if neither {@link #commit} nor {@link #abort} was called. */
    @Override
    void close();
}
