package io.millrace.api;

import io.millrace.api.data.Batch;

/**
 * Takes the rows that a step does not pass on, so that none is lost silently. One thread, one attempt at one piece: its
 * content counts only if the attempt's {@link PieceResult} does.
 */
public interface Rejects {
    /**
     * Stores a row of a batch with the reason why it cannot go on. The caller leaves the row out of its output, and
     * rejects a row once, with the first reason it finds.
     *
     * @param column the column at fault, or null where the whole row is
     * @param reason one phrase that names what was expected; the value is stored beside it
     */
    void reject(Batch batch, int row, String column, String reason);

    /**
     * Stores a source row that no batch can hold.
     *
     * @param ordinal the row's number in the split, counted as {@link io.millrace.api.data.Origin} does
     * @param column the column at fault, or null
     * @param rawValue the value as the source has it, or null; long values may be cut by whoever stores them
     */
    void reject(String splitId, long ordinal, String column, String reason, String rawValue);

    /** Counts rows left out on purpose. */
    void filtered(int rows);

    /** Counts rows left out because another row of their key was kept. */
    void deduplicated(int rows);
}
