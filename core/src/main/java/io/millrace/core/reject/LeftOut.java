package io.millrace.core.reject;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** Counts the rows that are not passed on. One thread. */
public final class LeftOut implements Rejects {
    private final Rejects rejects;
    private long rows;

    public LeftOut(Rejects rejects) {
        this.rejects = rejects;
    }

    public long rows() {
        return rows;
    }

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        rows++;
        rejects.reject(batch, row, column, reason);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        rows++;
        rejects.reject(splitId, ordinal, column, reason, rawValue);
    }

    @Override
    public void filtered(int count) {
        rows += count;
        rejects.filtered(count);
    }

    @Override
    public void deduplicated(int count) {
        rows += count;
        rejects.deduplicated(count);
    }
}
