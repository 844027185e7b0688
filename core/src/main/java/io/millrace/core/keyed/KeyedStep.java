package io.millrace.core.keyed;

import io.millrace.api.data.Schema;
import io.millrace.core.lineage.StepLineage;
import java.time.Instant;

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

    /** What its columns come from, of a schema that it can be bound to. */
    StepLineage lineage(Schema input);
}
