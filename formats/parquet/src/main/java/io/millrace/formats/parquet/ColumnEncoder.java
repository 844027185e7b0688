package io.millrace.formats.parquet;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Hands the values of one column to parquet-java's column writer, one by one. One thread. */
abstract class ColumnEncoder {
    /** Writes one value that is not null. */
    interface ValueWriter {
        void write(ColumnWriter out, Column column, int row, int repetition, int definition);
    }

    /** Writes the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    abstract void write(ColumnWriter out, Column column, int from, int to);

    static ColumnEncoder of(Field field) {
        int present = field.nullable() ? 1 : 0;
        return field.type() instanceof ListType list
                ? new ListEncoder(values(list.element()), present)
                : new Scalars(values(field.type()), present);
    }

    private static ValueWriter values(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> (out, column, row, repetition, definition) ->
                    out.write(((BooleanColumn) column).get(row), repetition, definition);
            case INT32, DATE -> (out, column, row, repetition, definition) ->
                    out.write(((IntColumn) column).get(row), repetition, definition);
            case INT64, TIMESTAMP -> (out, column, row, repetition, definition) ->
                    out.write(((LongColumn) column).get(row), repetition, definition);
            case FLOAT64 -> (out, column, row, repetition, definition) ->
                    out.write(((DoubleColumn) column).get(row), repetition, definition);
            case DECIMAL -> DecimalValues.of((DecimalType) type);
            case STRING, BINARY, JSON -> (out, column, row, repetition, definition) ->
                    out.write(bytes((BytesColumn) column, row), repetition, definition);
            case LIST -> throw new IllegalArgumentException("a list of lists cannot be written");
        };
    }

    /** Declared as reused, so that dictionary and statistics copy what they keep instead of holding the batch. */
    private static Binary bytes(BytesColumn column, int row) {
        return Binary.fromReusedByteArray(column.data(), column.offsets()[row], column.size(row));
    }

    private static final class Scalars extends ColumnEncoder {
        private final ValueWriter values;
        private final int present;

        Scalars(ValueWriter values, int present) {
            this.values = values;
            this.present = present;
        }

        @Override
        void write(ColumnWriter out, Column column, int from, int to) {
            for (int row = from; row < to; row++) {
                if (column.isNull(row)) {
                    out.writeNull(0, 0);
                } else {
                    values.write(out, column, row, 0, present);
                }
            }
        }
    }
}
