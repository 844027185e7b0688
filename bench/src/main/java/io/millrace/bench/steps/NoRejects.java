package io.millrace.bench.steps;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** Takes nothing: the rows of benchmarks are clean. */
final class NoRejects implements Rejects {
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
