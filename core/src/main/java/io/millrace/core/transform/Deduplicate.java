package io.millrace.core.transform;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.deduplicate.ClaimTable;
import java.util.HashSet;
import java.util.List;

/**
 * Keeps one row of each key within a run, any one: the pipeline's author declares the rows of a key interchangeable. Which
 * of them stays depends on timing, and may differ between runs and engines.
 */
public record Deduplicate(
        @Setting(value = "The columns that make rows equal. Nulls are equal.", example = "[event_id]") List<String> key)
        implements KeyedStep {
    /** The key in the pipeline file's {@code transform} list. */
    public static final String NAME = "deduplicate";

    public Deduplicate {
        key = List.copyOf(key);
        if (key.isEmpty()) {
            throw new InvalidSetting("key", "must name at least one column");
        }
        if (new HashSet<>(key).size() != key.size()) {
            throw new InvalidSetting("key", "names a column twice");
        }
    }

    /**
     * An empty table of claims for rows of this schema, which all workers of a run share. A user error where a key column
     * is missing.
     *
     * @param seed the run's, from its ledger: claim files are only restored under the seed they were written with
     * @param memoryLimit see {@link ClaimTable#defaultMemoryLimit()}
     */
    public ClaimTable claimTable(Schema input, long seed, ByteSize memoryLimit) {
        return ClaimTable.create(input, key, seed, memoryLimit);
    }
}
