package io.millrace.core.transform;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.OrderedDeduplication;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Keeps one row of each key within a run. Without {@code orderBy} any one: the pipeline's author declares the rows of a key
 * interchangeable; which of them stays depends on timing, and may differ between runs and engines. With it, the first or
 * the last in that order, which is the same on every engine.
 */
public record Deduplicate(
        @Setting(value = "The columns that make rows equal. Nulls are equal.", example = "[event_id]") List<String> key,
        @Setting(value = "Which row of a key stays, in the order of order_by: `last` where absent.", example = "last")
                Optional<Keep> keep,
        @Setting(
                        value = "The columns that order the rows of a key, ascending, nulls first. Ties go by all other"
                                + " columns. Absent: any one of the rows stays.",
                        example = "[ts]")
                List<String> orderBy)
        implements KeyedStep {
    /** The key in the pipeline file's {@code transform} list. */
    public static final String NAME = "deduplicate";

    /** Which row of a key stays. */
    public enum Keep {
        FIRST,
        LAST
    }

    public Deduplicate {
        key = List.copyOf(key);
        orderBy = List.copyOf(orderBy);
        if (key.isEmpty()) {
            throw new InvalidSetting("key", "must name at least one column");
        }
        if (new HashSet<>(key).size() != key.size()) {
            throw new InvalidSetting("key", "names a column twice");
        }
        if (keep.isPresent() && orderBy.isEmpty()) {
            throw new InvalidSetting(
                    "keep",
                    "needs order_by, which says what comes first and last; without both, any row of a key stays");
        }
        if (new HashSet<>(orderBy).size() != orderBy.size()) {
            throw new InvalidSetting("order_by", "names a column twice");
        }
        for (String column : orderBy) {
            if (key.contains(column)) {
                throw new InvalidSetting(
                        "order_by", "names '" + column + "', which is equal in all rows of a key: it orders nothing");
            }
        }
    }

    /** Any row of each key. */
    public Deduplicate(List<String> key) {
        this(key, Optional.empty(), List.of());
    }

    /** True where any row of a key may stay, so that rows need not wait for each other. */
    public boolean anyRow() {
        return orderBy.isEmpty();
    }

    /**
     * An empty table of claims for rows of this schema, which all workers of a run share, for {@link #anyRow}. A user error
     * where a key column is missing.
     *
     * @param seed the run's, from its ledger: claim files are only restored under the seed they were written with
     * @param memoryLimit see {@link ClaimTable#defaultMemoryLimit()}
     */
    public ClaimTable claimTable(Schema input, long seed, ByteSize memoryLimit) {
        return ClaimTable.create(input, key, seed, memoryLimit);
    }

    @Override
    public StepLineage lineage(Schema input) {
        StepLineage.Builder builder = StepLineage.Builder.passing(input).rows(Part.KEY, key);
        return (anyRow() ? builder : builder.order(List.of(), input, orderBy)).build();
    }

    @Override
    public BoundKeyedStep bind(Schema input) {
        return new OrderedDeduplication(input, key, orderBy, keep.orElse(Keep.LAST) == Keep.LAST);
    }
}
