package io.millrace.core.transform.clean;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a transform left out. */
final class CollectedRejects implements Rejects {
    record Rejected(int row, String column, String reason) {}

    final List<Rejected> rejected = new ArrayList<>();
    int filtered;
    int deduplicated;

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        rejected.add(new Rejected(row, column, reason));
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        throw new AssertionError("a row transform has batches");
    }

    @Override
    public void filtered(int rows) {
        filtered += rows;
    }

    @Override
    public void deduplicated(int rows) {
        deduplicated += rows;
    }
}
