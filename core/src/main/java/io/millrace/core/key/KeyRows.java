package io.millrace.core.key;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A hash table from keys to a row of each, named by the number of its batch and its place there. Open addressing over
 * primitive arrays; keys are never removed. One thread.
 */
public final class KeyRows {
    /** No row yet. */
    public static final long NONE = -1;

    private static final int INITIAL = 1 << 10;

    private final boolean two;
    private long[] first = new long[INITIAL];
    private long[] second;
    private long[] rows = new long[INITIAL + 1];
    private boolean[] taken = new boolean[INITIAL];
    private int size;
    private int limit = INITIAL / 2;

    public KeyRows(KeyKind kind) {
        this.two = kind.longs() == 2;
        this.second = new long[two ? INITIAL : 0];
        Arrays.fill(rows, NONE);
    }

    /** The slot of a row's key, which is added where it is new. Valid until the next call. */
    public int find(KeyReader keys, int row) {
        if (keys.isNull(row)) {
            // The null of a single long has the place behind all others.
            return first.length;
        }
        if (size == limit) {
            grow();
        }
        int slot = locate(keys.first()[row], two ? keys.second()[row] : 0);
        if (!taken[slot]) {
            size++;
            put(slot, keys.first()[row], two ? keys.second()[row] : 0);
        }
        return slot;
    }

    private void put(int slot, long one, long other) {
        taken[slot] = true;
        first[slot] = one;
        if (two) {
            second[slot] = other;
        }
    }

    private int locate(long one, long other) {
        int mask = first.length - 1;
        // The bits that chose the bucket are equal for all keys of a fold: the upper half of the product is not.
        int slot = (int) (Mix.mix(one) >>> 32) & mask;
        while (taken[slot] && (first[slot] != one || two && second[slot] != other)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldFirst = first;
        long[] oldSecond = second;
        long[] oldRows = rows;
        boolean[] oldTaken = taken;
        int capacity = Math.multiplyExact(oldFirst.length, 2);
        first = new long[capacity];
        second = new long[two ? capacity : 0];
        rows = new long[capacity + 1];
        taken = new boolean[capacity];
        limit = capacity / 2;
        Arrays.fill(rows, NONE);
        for (int old = 0; old < oldFirst.length; old++) {
            if (oldTaken[old]) {
                long other = two ? oldSecond[old] : 0;
                int slot = locate(oldFirst[old], other);
                put(slot, oldFirst[old], other);
                rows[slot] = oldRows[old];
            }
        }
        rows[capacity] = oldRows[oldFirst.length];
    }

    /** How many keys there are, the null of a single long aside. */
    public int size() {
        return size;
    }

    /** The row of a slot, or {@link #NONE}. */
    public long row(int slot) {
        return rows[slot];
    }

    public void set(int slot, int batch, int row) {
        rows[slot] = (long) batch << 32 | row;
    }

    /** The batch's number of what {@link #row} returned. */
    public static int batch(long row) {
        return (int) (row >>> 32);
    }

    /** The place in that batch. */
    public static int rowInBatch(long row) {
        return (int) row;
    }

    /** Hands out the row of every key that has one, in no order. */
    public void forEach(LongConsumer action) {
        for (long row : rows) {
            if (row != NONE) {
                action.accept(row);
            }
        }
    }
}
