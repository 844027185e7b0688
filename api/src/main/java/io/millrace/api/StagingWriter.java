package io.millrace.api;

import io.millrace.api.data.Batch;

/** Writes one piece out of sight. One thread. */
public interface StagingWriter extends AutoCloseable {
    void write(Batch batch, Rejects rejects);

    /** Makes what was written durable. Nothing can be written afterwards. */
    Staged stage();

    /** Removes what was written, as far as possible; never throws. */
    void abort();

    /** Releases everything; aborts if neither {@link #stage} nor {@link #abort} was called. */
    @Override
    void close();
}
