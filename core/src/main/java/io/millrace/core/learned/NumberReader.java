package io.millrace.core.learned;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** Reads number columns as float64: int64 and decimal to the nearest, half to even. One thread. */
public final class NumberReader {
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    private static final long EXACT_LONG = 1L << 53;

    private double[] scratch = new double[0];

    /** A user error where values of this type are not numbers. */
    public static void require(DataType type, String kind) {
        if (type.kind() != Kind.FLOAT64
                && type.kind() != Kind.INT32
                && type.kind() != Kind.INT64
                && type.kind() != Kind.DECIMAL) {
            throw MillraceException.user(kind + " is for numbers, not for " + type
                    + "; convert the column in a step  clean: {types: …}  before");
        }
    }

    /** The values, valid until the next call; must not be changed. Anything behind a null. */
    public double[] read(Column column) {
        if (column instanceof DoubleColumn doubles) {
            return doubles.values();
        }
        int rows = column.length();
        if (scratch.length < rows) {
            scratch = new double[rows];
        }
        if (column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int row = 0; row < rows; row++) {
                scratch[row] = values[row];
            }
        } else if (column instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int row = 0; row < rows; row++) {
                scratch[row] = values[row];
            }
        } else {
            read((DecimalColumn) column, rows);
        }
        return scratch;
    }

    private void read(DecimalColumn column, int rows) {
        long[] low = column.low();
        long[] high = column.high();
        int scale = column.decimalType().scale();
        for (int row = 0; row < rows; row++) {
            long value = low[row];
            boolean small = value > -EXACT_LONG && value < EXACT_LONG && (high == null || high[row] == value >> 63);
            if (small && scale < POWERS_OF_TEN.length) {
                // Both are exact, so the division rounds once.
                scratch[row] = value / POWERS_OF_TEN[scale];
            } else {
                scratch[row] = column.isNull(row) ? 0 : column.decimal(row).doubleValue();
            }
        }
    }
}
