package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;

/** Copies rows of a column in any order, and any number of times. */
final class Gather {
    private Gather() {}

    /** Row i of the result is row {@code rows[i]} of the column, or null where that is negative. */
    static Column rows(Column column, int[] rows, int count) {
        if (column instanceof BytesColumn text) {
            return bytes(text, rows, count);
        } else if (column instanceof LongColumn longs) {
            return LongColumn.of(column.type(), count, nulls(column, rows, count), longs(longs.values(), rows, count));
        } else if (column instanceof DoubleColumn doubles) {
            double[] from = doubles.values();
            double[] to = new double[count];
            for (int i = 0; i < count; i++) {
                to[i] = rows[i] < 0 ? 0 : from[rows[i]];
            }
            return DoubleColumn.of(count, nulls(column, rows, count), to);
        } else if (column instanceof IntColumn ints) {
            int[] from = ints.values();
            int[] to = new int[count];
            for (int i = 0; i < count; i++) {
                to[i] = rows[i] < 0 ? 0 : from[rows[i]];
            }
            return IntColumn.of(column.type(), count, nulls(column, rows, count), to);
        } else if (column instanceof DecimalColumn decimals) {
            return DecimalColumn.of(
                    decimals.decimalType(),
                    count,
                    nulls(column, rows, count),
                    longs(decimals.low(), rows, count),
                    decimals.high() == null ? null : longs(decimals.high(), rows, count));
        } else if (column instanceof BooleanColumn booleans) {
            boolean[] from = booleans.values();
            boolean[] to = new boolean[count];
            for (int i = 0; i < count; i++) {
                to[i] = rows[i] >= 0 && from[rows[i]];
            }
            return BooleanColumn.of(count, nulls(column, rows, count), to);
        }
        return lists((ListColumn) column, rows, count);
    }

    private static long[] longs(long[] from, int[] rows, int count) {
        long[] to = new long[count];
        for (int i = 0; i < count; i++) {
            to[i] = rows[i] < 0 ? 0 : from[rows[i]];
        }
        return to;
    }

    /** Where each row's bytes are is looked up first, and only then are they copied: no row waits for another's memory. */
    private static BytesColumn bytes(BytesColumn column, int[] rows, int count) {
        int[] from = column.offsets();
        int[] starts = new int[count];
        int[] to = new int[count + 1];
        long total = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                starts[i] = from[row];
                total += from[row + 1] - from[row];
            }
            to[i + 1] = (int) total;
        }
        byte[] data = new byte[Math.toIntExact(total)];
        ShortBytes.copyAll(column.data(), starts, data, to, count);
        return BytesColumn.of(column.type(), count, nulls(column, rows, count), data, to);
    }

    private static ListColumn lists(ListColumn column, int[] rows, int count) {
        int[] from = column.offsets();
        int[] to = new int[count + 1];
        for (int i = 0; i < count; i++) {
            to[i + 1] = Math.addExact(to[i], rows[i] < 0 ? 0 : from[rows[i] + 1] - from[rows[i]]);
        }
        int[] elements = new int[to[count]];
        for (int i = 0; i < count; i++) {
            for (int at = to[i]; at < to[i + 1]; at++) {
                elements[at] = from[rows[i]] + at - to[i];
            }
        }
        return ListColumn.of(
                (ListType) column.type(),
                count,
                nulls(column, rows, count),
                to,
                rows(column.elements(), elements, elements.length));
    }

    private static NullBitmap nulls(Column column, int[] rows, int count) {
        NullBitmap before = column.nulls();
        long[] words = new long[NullBitmap.wordsFor(count)];
        if (before.any()) {
            for (int i = 0; i < count; i++) {
                if (rows[i] < 0 || before.isNull(rows[i])) {
                    words[i >> 6] |= 1L << i;
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                // The sign bit of a negative row is the null flag.
                words[i >> 6] |= (rows[i] >>> 31 & 1L) << i;
            }
        }
        return NullBitmap.of(words);
    }
}
