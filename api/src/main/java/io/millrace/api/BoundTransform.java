package io.millrace.api;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;

/** A row transform bound to a schema. One thread, one attempt; never serialised: each worker binds anew. */
public interface BoundTransform extends AutoCloseable {
    Schema output();

    /**
     * Maps a batch to a batch of {@link #output()}. Rows that cannot go on are given to {@code rejects} (or counted there)
     * and left out; order and origin of the others stay.
     */
    Batch apply(Batch input, Rejects rejects);

    @Override
    default void close() {}
}
