package io.millrace.core.transform;

import java.util.List;

/**
 * A step whose result for a row depends on other rows of the same key, wherever they are read: no plugin can add one,
 * because every engine must know how to bring the rows of a key together.
 */
public sealed interface KeyedStep permits Deduplicate {
    /** The columns that make rows equal; nulls in them are equal to each other. */
    List<String> key();
}
