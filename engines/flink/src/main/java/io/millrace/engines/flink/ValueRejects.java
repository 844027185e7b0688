package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** Takes values that cannot be computed: they were made, and do not go on. One thread. */
record ValueRejects(OpenPiece piece, String label) implements Rejects {
    @Override
    public void reject(Batch values, int row, String column, String reason) {
        piece.made(1);
        // Steps behind may have named themselves meanwhile.
        piece.rejects().at(label).reject(values, row, column, reason);
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        throw new IllegalStateException("a value comes from no split: " + reason);
    }

    @Override
    public void filtered(int rows) {
        throw new IllegalStateException("no value is left out");
    }

    @Override
    public void deduplicated(int rows) {
        throw new IllegalStateException("no value is left out");
    }
}
