package io.millrace.core.transform.clean;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;

/** Replaces a column's nulls by a value. */
final class NullFilling {
    private NullFilling() {}

    /** The column without nulls, or the same one where it has none; {@code value} is the first row of its column. */
    static Column fill(Column column, Column value) {
        int rows = column.length();
        if (!column.nulls().any()) {
            return column;
        }
        if (column instanceof BytesColumn bytes) {
            return fillBytes(bytes, (BytesColumn) value);
        } else if (column instanceof LongColumn longs) {
            long[] filled = longs.values().clone();
            NullRows.forEach(column, row -> filled[row] = ((LongColumn) value).get(0));
            return LongColumn.of(column.type(), rows, NullBitmap.NONE, filled);
        } else if (column instanceof DoubleColumn doubles) {
            double[] filled = doubles.values().clone();
            NullRows.forEach(column, row -> filled[row] = ((DoubleColumn) value).get(0));
            return DoubleColumn.of(rows, NullBitmap.NONE, filled);
        } else if (column instanceof IntColumn ints) {
            int[] filled = ints.values().clone();
            NullRows.forEach(column, row -> filled[row] = ((IntColumn) value).get(0));
            return IntColumn.of(column.type(), rows, NullBitmap.NONE, filled);
        } else if (column instanceof BooleanColumn booleans) {
            boolean[] filled = booleans.values().clone();
            NullRows.forEach(column, row -> filled[row] = ((BooleanColumn) value).get(0));
            return BooleanColumn.of(rows, NullBitmap.NONE, filled);
        } else if (column instanceof DecimalColumn decimals) {
            return fillDecimals(decimals, (DecimalColumn) value);
        }
        throw new IllegalArgumentException("no default for " + column.type());
    }

    private static Column fillDecimals(DecimalColumn decimals, DecimalColumn value) {
        long[] low = decimals.low().clone();
        long[] high = decimals.high() == null ? null : decimals.high().clone();
        NullRows.forEach(decimals, row -> {
            low[row] = value.low()[0];
            if (high != null) {
                high[row] = value.high()[0];
            }
        });
        return DecimalColumn.of(decimals.decimalType(), decimals.length(), NullBitmap.NONE, low, high);
    }

    private static Column fillBytes(BytesColumn column, BytesColumn value) {
        int rows = column.length();
        int[] offsets = column.offsets();
        int size = value.size(0);
        long total = (long) offsets[rows] - offsets[0] + (long) column.nulls().count(rows) * size;
        byte[] filled = new byte[Math.toIntExact(total)];
        int[] filledOffsets = new int[rows + 1];
        int[] state = {0, 0};
        NullRows.forEach(column, row -> {
            int end = copy(column, state[0], row, filled, filledOffsets, state[1]);
            System.arraycopy(value.data(), value.offsets()[0], filled, end, size);
            filledOffsets[row + 1] = end + size;
            state[0] = row + 1;
            state[1] = end + size;
        });
        copy(column, state[0], rows, filled, filledOffsets, state[1]);
        return BytesColumn.of(column.type(), rows, NullBitmap.NONE, filled, filledOffsets);
    }

    /** Copies rows without nulls among them; returns where they end. */
    private static int copy(BytesColumn column, int from, int to, byte[] filled, int[] filledOffsets, int at) {
        int[] offsets = column.offsets();
        System.arraycopy(column.data(), offsets[from], filled, at, offsets[to] - offsets[from]);
        for (int row = from; row < to; row++) {
            filledOffsets[row + 1] = at + offsets[row + 1] - offsets[from];
        }
        return at + offsets[to] - offsets[from];
    }
}
