package io.millrace.core.step;

import io.millrace.api.Transform;
import java.util.List;

/**
 * One transform of a job. The set is closed: row transforms come in any kind, keyed steps are the engine's business.
 */
public sealed interface Step {
    /** Names the step in rejects and reports; unique in its job. */
    String label();

    /** Where it was configured, as {@code file:line:column}, for messages; may be empty. */
    String place();

    /** Maps batch to batch, row by row. */
    record RowStep(String label, String place, Transform transform) implements Step {}

    /** Keeps one row, any, of those with equal key columns; nulls are equal. */
    record DeduplicateStep(String label, String place, List<String> key) implements Step {}
}
