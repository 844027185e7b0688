package io.millrace.formats.parquet;

import java.util.Arrays;

/** Numbers the distinct longs of a column chunk in the order of their first appearance. One thread. */
final class LongDictionary {
    private long[] values = new long[256];
    private int size;
    /** Open addressing: ids plus one, 0 where free. */
    private int[] slots = new int[1024];

    int size() {
        return size;
    }

    /** The values by id; the first {@link #size} count. */
    long[] values() {
        return values;
    }

    int idOf(long value) {
        int mask = slots.length - 1;
        int slot = hash(value) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (values[id] == value) {
                return id;
            }
            slot = slot + 1 & mask;
        }
        return add(value, slot);
    }

    private int add(long value, int slot) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
        slots[slot] = size;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        slots = new int[slots.length * 4];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(values[id]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    private static int hash(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 47);
    }
}
