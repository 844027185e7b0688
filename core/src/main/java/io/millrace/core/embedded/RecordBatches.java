package io.millrace.core.embedded;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Records as batches. */
final class RecordBatches {
    private RecordBatches() {}

    /** The records that fit the schema; the others are handed to {@code rejects} with the reason. */
    static Batch of(
            Schema schema, List<? extends Map<String, ?>> records, String step, Consumer<RejectedRecord> rejects) {
        BatchBuilder builder = new BatchBuilder(schema);
        for (Map<String, ?> record : records) {
            try {
                append(builder, record);
            } catch (IllegalArgumentException unfit) {
                rejects.accept(new RejectedRecord(step, null, unfit.getMessage(), null, new LinkedHashMap<>(record)));
            }
        }
        return builder.build(null);
    }

    /** Appends a record; IllegalArgumentException where it does not fit. An absent key is null. */
    static void append(BatchBuilder builder, Map<String, ?> record) {
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
