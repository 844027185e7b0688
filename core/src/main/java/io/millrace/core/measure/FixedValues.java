package io.millrace.core.measure;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** Values of types that fit a long, as longs of the same order and equality. */
final class FixedValues {
    private FixedValues() {}

    /** True where every value of the type fits. */
    static boolean fit(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64, FLOAT64, DATE, TIMESTAMP -> true;
            case DECIMAL -> ((DecimalType) type).fitsLong();
            case STRING, BINARY, JSON, LIST -> false;
        };
    }

    /** Reads the first {@code rows} values; what stands for a null is unspecified. */
    static void read(Column column, int rows, long[] into) {
        switch (column.type().kind()) {
            case INT64, TIMESTAMP -> System.arraycopy(((LongColumn) column).values(), 0, into, 0, rows);
            case INT32, DATE -> {
                int[] values = ((IntColumn) column).values();
                for (int row = 0; row < rows; row++) {
                    into[row] = values[row];
                }
            }
            case BOOLEAN -> {
                boolean[] values = ((BooleanColumn) column).values();
                for (int row = 0; row < rows; row++) {
                    into[row] = values[row] ? 1 : 0;
                }
            }
            case FLOAT64 -> {
                double[] values = ((DoubleColumn) column).values();
                for (int row = 0; row < rows; row++) {
                    into[row] = SortableDouble.toLong(values[row]);
                }
            }
            case DECIMAL -> System.arraycopy(((DecimalColumn) column).low(), 0, into, 0, rows);
            case STRING, BINARY, JSON, LIST -> throw new IllegalArgumentException(column.type() + " fits no long");
        }
    }

    /** Appends a value to a builder of its type. */
    static void append(long value, ColumnBuilder into) {
        switch (into.type().kind()) {
            case INT64, TIMESTAMP -> ((LongColumn.Builder) into).append(value);
            case INT32, DATE -> ((IntColumn.Builder) into).append((int) value);
            case BOOLEAN -> ((BooleanColumn.Builder) into).append(value != 0);
            case FLOAT64 -> ((DoubleColumn.Builder) into).append(SortableDouble.toDouble(value));
            case DECIMAL -> ((DecimalColumn.Builder) into).appendUnscaled(value);
            case STRING, BINARY, JSON, LIST -> throw new IllegalArgumentException(into.type() + " fits no long");
        }
    }
}
