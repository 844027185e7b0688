package io.millrace.core.transform.clean;

import io.millrace.api.Setting;
import java.util.Objects;

/** What happens to a null of one column. Written {@code keep}, {@code drop_row}, {@code reject} or {@code {default: v}}. */
public sealed interface NullPolicy {
    /** The null stays. */
    record Keep() implements NullPolicy {}

    /** The row is left out and counted as filtered. */
    record DropRow() implements NullPolicy {}

    /** The row goes to the rejects. */
    record Reject() implements NullPolicy {}

    /** The null becomes this value, which must be one of the column's type after its conversion. */
    record Default(@Setting(value = "The value that replaces null.", example = "unknown", inline = true) Object value)
            implements NullPolicy {
        public Default {
            Objects.requireNonNull(value, "value");
        }
    }
}
