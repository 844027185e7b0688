package io.millrace.testkit.transform;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps in memory what a step did not pass on, for assertions. One thread. */
public final class RecordedRejects implements Rejects {
    /**
     * A rejected row.
     *
     * @param ordinal its number in the split, or -1 where its batch has no origin
     * @param record the row as it was handed over, or the column and its raw value
     */
    public record Rejected(long ordinal, String column, String reason, Map<String, Object> record) {}

    private final List<Rejected> rejected = new ArrayList<>();
    private int filtered;
    private int deduplicated;

    @Override
    public void reject(Batch batch, int row, String column, String reason) {
        long ordinal =
                batch.origin().map((Origin origin) -> origin.ordinal(row)).orElse(-1L);
        rejected.add(new Rejected(ordinal, column, reason, batch.record(row)));
    }

    @Override
    public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
        rejected.add(new Rejected(
                ordinal, column, reason, column == null || rawValue == null ? Map.of() : Map.of(column, rawValue)));
    }

    @Override
    public void filtered(int rows) {
        filtered += rows;
    }

    @Override
    public void deduplicated(int rows) {
        deduplicated += rows;
    }

    /** The rejected rows, in the order in which they were rejected. */
    public List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    public int filteredRows() {
        return filtered;
    }

    public int deduplicatedRows() {
        return deduplicated;
    }

    /** How many rows were left out, for whatever reason. */
    public int leftOut() {
        return rejected.size() + filtered + deduplicated;
    }
}
