package io.millrace.core.transform.derive;

import io.millrace.api.Setting;
import io.millrace.core.expression.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code derive} computes: each column may read those before it. */
public record DeriveSettings(
        @Setting(
                        value =
                                "Columns and the expressions that compute them, in order: later ones see earlier ones. A"
                                        + " column that exists is replaced at its place; others are added at the end.",
                        example = "{revenue: price * quantity, day: CAST(ts AS DATE)}",
                        inline = true,
                        ordered = true)
                Map<String, Expression> columns) {
    public DeriveSettings {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                    "derives nothing; name a column and its expression: {day: \"CAST(ts AS DATE)\"}");
        }
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
}
