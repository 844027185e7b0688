package io.millrace.core.plugin;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** Counts what is left out of one batch on its way to the rejects. */
final class CountedRejects implements Rejects {
    private final Rejects rejects;
    private long leftOut;

    CountedRejects(Rejects rejects) {
        this.rejects = rejects;
    }

    long leftOut() {
        return leftOut;
    }

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        leftOut++;
        rejects.reject(batch, row, column, reason);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        leftOut++;
        rejects.reject(splitId, ordinal, column, reason, rawValue);
    }

    @Override
    public void filtered(int rows) {
        leftOut += rows;
        rejects.filtered(rows);
    }

    @Override
    public void deduplicated(int rows) {
        leftOut += rows;
        rejects.deduplicated(rows);
    }
}
