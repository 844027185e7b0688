package io.millrace.core.learned;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.Arrays;

/** Numbers whole numbers. */
final class WholeIds extends ValueIds {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] values = new long[512];

    @Override
    void number(Column column, int from, int to, int[] ids, boolean add) {
        NullBitmap nulls = column.nulls();
        boolean anyNull = nulls.any();
        long[] wide = column instanceof LongColumn longs ? longs.values() : null;
        int[] narrow = column instanceof IntColumn ints ? ints.values() : null;
        for (int row = from; row < to; row++) {
            long value = wide == null ? narrow[row] : wide[row];
            ids[row - from] = anyNull && nulls.isNull(row) ? NONE : number(value, add);
        }
    }

    private int number(long value, boolean add) {
        int[] slots = slots();
        int mask = slots.length - 1;
        for (int slot = mixed(value) & mask; ; slot = slot + 1 & mask) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return add ? insert(value, slot) : NONE;
            }
            if (values[id] == value) {
                return id;
            }
        }
    }

    private static int mixed(long value) {
        long spread = value * SPREAD;
        return (int) (spread ^ spread >>> 32);
    }

    private int insert(long value, int slot) {
        int id = size();
        if (id == values.length) {
            values = Arrays.copyOf(values, 2 * id);
        }
        values[id] = value;
        return take(slot);
    }

    @Override
    int hash(int id) {
        return mixed(values[id]);
    }

    @Override
    Column values() {
        return LongColumn.of(DataType.INT64, size(), NullBitmap.NONE, values);
    }

    @Override
    int compare(int one, int other) {
        return Long.compare(values[one], values[other]);
    }
}
