package io.millrace.connectors.delta;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** For rows that were in the table before: they were not refused then. */
enum NoneRejected implements Rejects {
    INSTANCE;

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        throw new IllegalStateException(column + ": " + reason);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        throw new IllegalStateException(column + ": " + reason);
    }

    @Override
    public void filtered(int rows) {}

    @Override
    public void deduplicated(int rows) {}
}
