package io.millrace.app.init;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the sample says of a column.
 *
 * @param type that the source delivers
 * @param epoch the unit of whole numbers that are points in time, where the source can be told
 * @param conversion what to write under {@code clean.types}, where text holds something else
 * @param nulls in the sample
 * @param distinct values in the sample, null not counted
 */
record ColumnGuess(
        String name,
        DataType type,
        boolean nullable,
        Optional<String> epoch,
        Optional<Object> conversion,
        int nulls,
        int distinct) {
    private static final String TIME_NAME = "(?i)(.*[_-])?(ts|time|timestamp|date|datetime|at|created|updated)";

    /** @param epochs whether the source can be told that numbers are points in time */
    static ColumnGuess of(Batch rows, int position, boolean epochs) {
        Field field = rows.schema().field(position);
        Column cells = rows.column(position);
        Set<Object> values = new HashSet<>();
        int nulls = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            Object value = cells.value(row);
            if (value == null) {
                nulls++;
            } else {
                values.add(value instanceof byte[] bytes ? java.util.Arrays.hashCode(bytes) : value);
            }
        }
        return new ColumnGuess(
                field.name(),
                field.type(),
                field.nullable(),
                epochs && field.type() == DataType.INT64 ? epoch(field.name(), values) : Optional.empty(),
                field.type() == DataType.STRING ? TextType.of(rows, field.name()) : Optional.empty(),
                nulls,
                values.size());
    }

    /** Numbers between 2001 and 2100 in a column that is named like a time. */
    private static Optional<String> epoch(String name, Set<Object> values) {
        if (values.isEmpty() || !name.matches(TIME_NAME)) {
            return Optional.empty();
        }
        String[] units = {"seconds", "milliseconds", "microseconds", "nanoseconds"};
        long scale = 1;
        for (String unit : units) {
            long least = 1_000_000_000L * scale;
            long most = 4_100_000_000L * scale;
            if (values.stream().allMatch(value -> (Long) value >= least && (Long) value <= most)) {
                return Optional.of(unit);
            }
            scale *= 1_000;
        }
        return Optional.empty();
    }

    /** True where the column is a timestamp or a date when it leaves the source. */
    boolean isTime() {
        return epoch.isPresent() || type == DataType.TIMESTAMP || type == DataType.DATE;
    }

    /** True where it may be a key: nothing missing, whole numbers or text. */
    boolean mayBeKey() {
        return nulls == 0
                && epoch.isEmpty()
                && (type == DataType.INT32 || type == DataType.INT64 || type == DataType.STRING);
    }
}
