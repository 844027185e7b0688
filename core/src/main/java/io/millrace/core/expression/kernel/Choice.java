package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;

/** A column put together from several ones of its type. */
final class Choice {
    private Choice() {}

    /** Row {@code i} is that of column {@code choice[i]}. */
    static Column of(DataType type, int[] choice, Column[] columns) {
        int rows = choice.length;
        return switch (type.kind()) {
            case BOOLEAN -> {
                boolean[] result = new boolean[rows];
                for (int row = 0; row < rows; row++) {
                    result[row] = ((BooleanColumn) columns[choice[row]]).get(row);
                }
                yield BooleanColumn.of(rows, nulls(choice, columns), result);
            }
            case INT32, DATE -> {
                int[] result = new int[rows];
                for (int row = 0; row < rows; row++) {
                    result[row] = ((IntColumn) columns[choice[row]]).get(row);
                }
                yield IntColumn.of(type, rows, nulls(choice, columns), result);
            }
            case INT64, TIMESTAMP -> {
                long[] result = new long[rows];
                for (int row = 0; row < rows; row++) {
                    result[row] = ((LongColumn) columns[choice[row]]).get(row);
                }
                yield LongColumn.of(type, rows, nulls(choice, columns), result);
            }
            case FLOAT64 -> {
                double[] result = new double[rows];
                for (int row = 0; row < rows; row++) {
                    result[row] = ((DoubleColumn) columns[choice[row]]).get(row);
                }
                yield DoubleColumn.of(rows, nulls(choice, columns), result);
            }
            case STRING, BINARY, JSON -> bytes(type, choice, columns);
            case DECIMAL, LIST -> objects(type, choice, columns);
        };
    }

    private static NullBitmap nulls(int[] choice, Column[] columns) {
        boolean any = false;
        for (Column column : columns) {
            any |= column.nulls().any();
        }
        if (!any) {
            return NullBitmap.NONE;
        }
        long[] words = new long[NullBitmap.wordsFor(choice.length)];
        for (int row = 0; row < choice.length; row++) {
            if (columns[choice[row]].isNull(row)) {
                words[row >> 6] |= 1L << row;
            }
        }
        return NullBitmap.of(words);
    }

    private static Column bytes(DataType type, int[] choice, Column[] columns) {
        int rows = choice.length;
        int[] offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = Math.addExact(offsets[row], ((BytesColumn) columns[choice[row]]).size(row));
        }
        byte[] data = new byte[offsets[rows]];
        for (int row = 0; row < rows; row++) {
            BytesColumn column = (BytesColumn) columns[choice[row]];
            System.arraycopy(column.data(), column.offsets()[row], data, offsets[row], offsets[row + 1] - offsets[row]);
        }
        return BytesColumn.of(type, rows, nulls(choice, columns), data, offsets);
    }

    private static Column objects(DataType type, int[] choice, Column[] columns) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int row = 0; row < choice.length; row++) {
            builder.append(columns[choice[row]].value(row));
        }
        return builder.build();
    }
}
