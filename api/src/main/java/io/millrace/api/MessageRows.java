package io.millrace.api;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;

/** Collects messages as the rows of a batch. One thread. */
public interface MessageRows {
    /**
     * Takes a message in.
     *
     * @param rejects takes a message that no row can hold, with its offset as ordinal, and counts one left out on purpose
     * @return true where the batch has a row more
     */
    boolean add(Message message, String splitId, Rejects rejects);

    /** The rows since the last call; there must be some. */
    Batch build(Origin origin);
}
