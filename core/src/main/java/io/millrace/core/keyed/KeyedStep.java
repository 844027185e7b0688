package io.millrace.core.keyed;

import io.millrace.api.data.Schema;
import io.millrace.core.lineage.StepLineage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A step whose result for a row depends on other rows of the same key, wherever they are read. No plugin can add one,
 * because every engine must know how to bring the rows of a key together. Immutable and thread-safe.
 */
public interface KeyedStep {
    /** The step for rows of this schema; a user error where it does not fit. */
    BoundKeyedStep bind(Schema input);

    /** The same within a run, for a step that wants to know when that began. */
    default BoundKeyedStep bind(Schema input, Instant runStart) {
        return bind(input);
    }

    /** What its columns come from, of a schema that it can be bound to; from all of them, where it does not say. */
    default StepLineage lineage(Schema input) {
        return StepLineage.opaque(input, bind(input).output());
    }

    /**
     * The zone whose calendar days a date column of the output names, where the step makes that column from event times: then
     * a window of whole days of this zone is a set of whole values of the column.
     */
    default Optional<ZoneId> zoneOfDays(String column) {
        return Optional.empty();
    }
}
