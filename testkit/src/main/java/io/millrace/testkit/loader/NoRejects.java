package io.millrace.testkit.loader;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** Fails the test when a row is rejected. */
public final class NoRejects implements Rejects {
    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        throw new AssertionError("row " + batch.record(row) + " was rejected for column " + column + ": " + reason);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        throw new AssertionError(
                "row " + ordinal + " of " + splitId + " was rejected for column " + column + ": " + reason);
    }

    @Override
    public void filtered(int rows) {}

    @Override
    public void deduplicated(int rows) {}
}
