package io.millrace.core.learned;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.Arrays;

/** Numbers whole numbers: an open-addressing table. */
final class WholeIds extends ValueIds {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** The number plus one, or 0 where the slot is free. */
    private int[] slots = new int[1024];

    private long[] values = new long[512];
    private int size;

    @Override
    public void find(Column column, int from, int to, int[] ids) {
        number(column, from, to, ids, false);
    }

    @Override
    void add(Column column, int from, int to, int[] ids) {
        number(column, from, to, ids, true);
    }

    private void number(Column column, int from, int to, int[] ids, boolean add) {
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
        int mask = slots.length - 1;
        for (int slot = slotOf(value, mask); ; slot = slot + 1 & mask) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return add ? insert(value, slot) : NONE;
            }
            if (values[id] == value) {
                return id;
            }
        }
    }

    private static int slotOf(long value, int mask) {
        long mixed = value * SPREAD;
        return (int) (mixed ^ mixed >>> 32) & mask;
    }

    private int insert(long value, int slot) {
        if (size == MOST) {
            throw tooMany();
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size] = value;
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] larger = new int[2 * slots.length];
        int mask = larger.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = slotOf(values[id], mask);
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = id + 1;
        }
        slots = larger;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    Column values() {
        return LongColumn.of(DataType.INT64, size, NullBitmap.NONE, values);
    }

    @Override
    int compare(int one, int other) {
        return Long.compare(values[one], values[other]);
    }
}
