package io.millrace.core.transform.normalize;

import io.millrace.api.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code normalize} does to which column, in the order of the file. */
public record NormalizeSettings(
        @Setting(
                        value = "The rule of each column.",
                        example =
                                "{rating: {min_max: {min: 0, max: 5}}, category: {index: {values: [a, b]}, as: place}}",
                        inline = true)
                Map<String, ColumnRule> columns) {
    public NormalizeSettings {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("names no column");
        }
    }
}
