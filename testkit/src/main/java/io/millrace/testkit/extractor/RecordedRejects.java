package io.millrace.testkit.extractor;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rejects in memory. One thread. */
public final class RecordedRejects implements Rejects {
    private final List<Reject> all = new ArrayList<>();
    private long filtered;
    private long deduplicated;

    /**
     * One rejected row.
     *
     * @param splitId null where the row's batch had no origin
     * @param column null where the whole row is at fault
     * @param rawValue null where there was none
     */
    public record Reject(String splitId, long ordinal, String column, String reason, String rawValue) {}

    /** In the order in which they came. */
    public List<Reject> all() {
        return List.copyOf(all);
    }

    /** How many rows were left out on purpose. */
    public long filtered() {
        return filtered;
    }

    /** How many rows were left out for another of their key. */
    public long deduplicated() {
        return deduplicated;
    }

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        Object value = column == null ? null : batch.column(column).value(row);
        all.add(new Reject(
                batch.origin().map(origin -> origin.splitId()).orElse(null),
                batch.origin().map(origin -> origin.ordinal(row)).orElse((long) row),
                column,
                reason,
                value == null ? null : value.toString()));
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        all.add(new Reject(splitId, ordinal, column, reason, rawValue));
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
