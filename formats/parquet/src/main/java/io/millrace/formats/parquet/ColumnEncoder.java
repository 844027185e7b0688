package io.millrace.formats.parquet;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import org.apache.parquet.column.ColumnWriter;

/**
 * Hands the values of one column to Parquet's column writer. Each type has its own loop, so that the calls in it have one
 * target. One thread.
 */
abstract class ColumnEncoder {
    static ColumnEncoder of(Field field) {
        int present = field.nullable() ? 1 : 0;
        return field.type().kind() == DataType.Kind.LIST
                ? new ListEncoder(((ListType) field.type()).element(), present)
                : of(field.type(), present);
    }

    static ColumnEncoder of(DataType type, int present) {
        return switch (type.kind()) {
            case BOOLEAN -> new Booleans(present);
            case INT32, DATE -> new Ints(present);
            case INT64, TIMESTAMP -> new Longs(present);
            case FLOAT64 -> new Doubles(present);
            case DECIMAL -> DecimalEncoder.of((DecimalType) type, present);
            case STRING, BINARY, JSON -> new BytesEncoder(present);
            case LIST -> throw new IllegalArgumentException("a list of lists cannot be written");
        };
    }

    /** The definition level of a value that is not null. */
    final int present;

    ColumnEncoder(int present) {
        this.present = present;
    }

    /** Writes the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    abstract void write(ColumnWriter out, Column column, int from, int to);

    /** Writes one value that is not null, as an element of a list. */
    abstract void writeElement(ColumnWriter out, Column column, int row, int repetition);

    private static final class Booleans extends ColumnEncoder {
        Booleans(int present) {
            super(present);
        }

        @Override
        void write(ColumnWriter out, Column column, int from, int to) {
            boolean[] values = ((BooleanColumn) column).values();
            NullBitmap nulls = column.nulls();
            boolean nullable = nulls.any();
            for (int row = from; row < to; row++) {
                if (nullable && nulls.isNull(row)) {
                    out.writeNull(0, 0);
                } else {
                    out.write(values[row], 0, present);
                }
            }
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
            out.write(((BooleanColumn) column).get(row), repetition, present);
        }
    }

    private static final class Ints extends ColumnEncoder {
        Ints(int present) {
            super(present);
        }

        @Override
        void write(ColumnWriter out, Column column, int from, int to) {
            int[] values = ((IntColumn) column).values();
            NullBitmap nulls = column.nulls();
            boolean nullable = nulls.any();
            for (int row = from; row < to; row++) {
                if (nullable && nulls.isNull(row)) {
                    out.writeNull(0, 0);
                } else {
                    out.write(values[row], 0, present);
                }
            }
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
            out.write(((IntColumn) column).get(row), repetition, present);
        }
    }

    private static final class Longs extends ColumnEncoder {
        Longs(int present) {
            super(present);
        }

        @Override
        void write(ColumnWriter out, Column column, int from, int to) {
            long[] values = ((LongColumn) column).values();
            NullBitmap nulls = column.nulls();
            boolean nullable = nulls.any();
            for (int row = from; row < to; row++) {
                if (nullable && nulls.isNull(row)) {
                    out.writeNull(0, 0);
                } else {
                    out.write(values[row], 0, present);
                }
            }
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
            out.write(((LongColumn) column).get(row), repetition, present);
        }
    }

    private static final class Doubles extends ColumnEncoder {
        Doubles(int present) {
            super(present);
        }

        @Override
        void write(ColumnWriter out, Column column, int from, int to) {
            double[] values = ((DoubleColumn) column).values();
            NullBitmap nulls = column.nulls();
            boolean nullable = nulls.any();
            for (int row = from; row < to; row++) {
                if (nullable && nulls.isNull(row)) {
                    out.writeNull(0, 0);
                } else {
                    out.write(values[row], 0, present);
                }
            }
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
            out.write(((DoubleColumn) column).get(row), repetition, present);
        }
    }
}
