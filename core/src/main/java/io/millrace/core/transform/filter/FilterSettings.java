package io.millrace.core.transform.filter;

import io.millrace.api.Setting;
import io.millrace.core.expression.Expression;
import java.util.Objects;

/** What {@code filter} keeps. */
public record FilterSettings(
        @Setting(
                        value =
                                "The condition of the rows that stay; those for which it is false or null are filtered.",
                        example = "\"event_type IN ('view', 'click')\"",
                        inline = true)
                Expression condition) {
    public FilterSettings {
        Objects.requireNonNull(condition, "condition");
    }
}
