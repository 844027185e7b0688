package io.millrace.core.transform.enrich;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.util.Map;

/**
 * What happens to a row that matches nothing. Written {@code set_null}, {@code reject}, {@code drop_row} or
 * {@code {default: {column: value}}}.
 */
public sealed interface Missing {
    /** The new columns are null. */
    record SetNull() implements Missing {}

    /** The row goes to the rejects. */
    record Reject() implements Missing {}

    /** The row is left out and counted as filtered. */
    record DropRow() implements Missing {}

    /** The new columns have these values; those not named are null. */
    record Default(
            @Setting(
                            value = "A value for each new column; columns not named are null.",
                            example = "{item_title: unknown}",
                            inline = true)
                    Map<String, Object> values)
            implements Missing {
        public Default {
            if (values.isEmpty()) {
                throw new InvalidSetting("default", "names no column; write {column: value}, or missing: set_null");
            }
        }
    }
}
