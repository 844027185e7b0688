package io.millrace.core.record;

import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes records into batches. */
public final class Records {
    private Records() {}

    /**
     * Appends a record; an absent key is null, and number classes are changed where nothing is lost.
     *
     * @throws IllegalArgumentException where it does not fit; nothing is appended then
     */
    public static void append(BatchBuilder builder, Map<String, ?> record) {
        Map<String, Object> converted = new LinkedHashMap<>(record);
        for (Field field : builder.schema()) {
            Object value = record.get(field.name());
            if (value == null && !field.nullable()) {
                throw new IllegalArgumentException("column '" + field.name() + "' is null, which it must not be");
            }
            if (value != null) {
                converted.put(field.name(), as(field, value));
            }
        }
        builder.appendRecord(converted);
    }

    private static Object as(Field field, Object value) {
        try {
            return JavaValues.as(field.type(), value);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("column '" + field.name() + "': " + unfit.getMessage(), unfit);
        }
    }
}
