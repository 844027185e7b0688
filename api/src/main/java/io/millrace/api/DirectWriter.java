package io.millrace.api;

import io.millrace.api.data.Batch;

/** Writes and commits one piece. One thread. */
public interface DirectWriter extends AutoCloseable {
    void write(Batch batch, Rejects rejects);

    /** Commits rows and record. A second attempt at a committed piece changes nothing and returns the first one's receipt. */
    Receipt commit();

    /** Takes back what was written; never throws. */
    void abort();

    /** Releases everything; aborts if neither {@link #commit} nor {@link #abort} was called. */
    @Override
    void close();
}
