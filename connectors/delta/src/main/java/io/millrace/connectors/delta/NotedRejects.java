package io.millrace.connectors.delta;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.BitSet;

/** Passes rejects on, and notes which rows of one batch they were. */
record NotedRejects(Rejects target, BitSet rows) implements Rejects {
    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        rows.set(row);
        target.reject(batch, row, column, reason);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        target.reject(splitId, ordinal, column, reason, rawValue);
    }

    @Override
    public void filtered(int count) {
        target.filtered(count);
    }

    @Override
    public void deduplicated(int count) {
        target.deduplicated(count);
    }
}
