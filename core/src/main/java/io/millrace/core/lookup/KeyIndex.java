package io.millrace.core.lookup;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import java.util.Arrays;

/**
 * Finds rows by key: open addressing over row numbers, each with its key's hash. The keys themselves stay in columns that
 * the caller hands in. Any number of threads may read while none writes.
 */
final class KeyIndex {
    /** What an entry takes at most, on average. */
    static final int BYTES_PER_ROW = 12;

    /** The hash in the upper half, the row's number plus one in the lower; 0 where free. */
    private long[] slots;

    private int size;

    /** An index that needs not grow for this many rows. */
    KeyIndex(int expected) {
        this.slots = new long[Math.toIntExact(Math.min(Integer.MAX_VALUE - 8, 16 + expected * 4L / 3))];
    }

    int size() {
        return size;
    }

    /** The row of {@code stored} with the key of a row of {@code keys}, or -1. */
    int find(Column[] stored, Column[] keys, int row, int hash) {
        for (int slot = home(hash); slots[slot] != 0; slot = next(slot)) {
            if (matches(slots[slot], stored, keys, row, hash)) {
                return (int) slots[slot] - 1;
            }
        }
        return -1;
    }

    /**
     * The same for the first {@code count} rows at once. First of all rows the places whose hashes agree, then, column by
     * column, whether their keys do: loops in which one row needs not wait for another's memory.
     */
    void find(Column[] stored, Column[] keys, int count, int[] hashes, int[] found) {
        for (int row = 0; row < count; row++) {
            int slot = home(hashes[row]);
            while (slots[slot] != 0 && (int) (slots[slot] >>> 32) != hashes[row]) {
                slot = next(slot);
            }
            found[row] = (int) slots[slot] - 1;
        }
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] instanceof LongColumn ours && stored[i] instanceof LongColumn theirs) {
                confirm(ours, theirs, stored, keys, count, hashes, found);
            } else if (keys[i] instanceof BytesColumn ours) {
                confirm(ours, (BytesColumn) stored[i], stored, keys, count, hashes, found);
            } else {
                for (int row = 0; row < count; row++) {
                    if (found[row] >= 0 && !KeyEquality.equal(stored[i], found[row], keys[i], row)) {
                        found[row] = find(stored, keys, row, hashes[row]);
                    }
                }
            }
        }
    }

    private void confirm(
            LongColumn ours, LongColumn theirs, Column[] stored, Column[] keys, int count, int[] hashes, int[] found) {
        long[] ourValues = ours.values();
        long[] theirValues = theirs.values();
        for (int row = 0; row < count; row++) {
            if (found[row] >= 0 && ourValues[row] != theirValues[found[row]]) {
                found[row] = find(stored, keys, row, hashes[row]);
            }
        }
    }

    /** Where each row's text is looked up first, and only then compared. */
    private void confirm(
            BytesColumn ours,
            BytesColumn theirs,
            Column[] stored,
            Column[] keys,
            int count,
            int[] hashes,
            int[] found) {
        int[] offsets = theirs.offsets();
        int[] starts = new int[count];
        int[] ends = new int[count];
        for (int row = 0; row < count; row++) {
            if (found[row] >= 0) {
                starts[row] = offsets[found[row]];
                ends[row] = offsets[found[row] + 1];
            }
        }
        int[] own = ours.offsets();
        byte[] ourData = ours.data();
        byte[] theirData = theirs.data();
        for (int row = 0; row < count; row++) {
            if (found[row] >= 0
                    && !ShortBytes.equal(ourData, own[row], own[row + 1], theirData, starts[row], ends[row])) {
                found[row] = find(stored, keys, row, hashes[row]);
            }
        }
    }

    /**
     * Adds a row of {@code stored}, unless its key is there: then that one's row.
     *
     * @return the row with an equal key that was there before, or -1
     */
    int putIfAbsent(Column[] stored, int row, int hash) {
        int slot = home(hash);
        for (; slots[slot] != 0; slot = next(slot)) {
            if (matches(slots[slot], stored, stored, row, hash)) {
                return (int) slots[slot] - 1;
            }
        }
        add(slot, row, hash);
        return -1;
    }

    /** Adds a row of {@code stored}, in place of one with an equal key. */
    void put(Column[] stored, int row, int hash) {
        int slot = home(hash);
        for (; slots[slot] != 0; slot = next(slot)) {
            if (matches(slots[slot], stored, stored, row, hash)) {
                slots[slot] = entry(row, hash);
                return;
            }
        }
        add(slot, row, hash);
    }

    private void add(int slot, int row, int hash) {
        slots[slot] = entry(row, hash);
        if (++size > slots.length / 4L * 3) {
            grow();
        }
    }

    private void grow() {
        long[] before = slots;
        if (before.length == Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("a look-up has more keys than an index can hold");
        }
        slots = new long[(int) Math.min(Integer.MAX_VALUE - 8, before.length * 2L)];
        Arrays.stream(before).filter(entry -> entry != 0).forEach(entry -> {
            int slot = home((int) (entry >>> 32));
            while (slots[slot] != 0) {
                slot = next(slot);
            }
            slots[slot] = entry;
        });
    }

    private static long entry(int row, int hash) {
        return (long) hash << 32 | row + 1;
    }

    private static boolean matches(long entry, Column[] stored, Column[] keys, int row, int hash) {
        return (int) (entry >>> 32) == hash && KeyEquality.equal(stored, (int) entry - 1, keys, row);
    }

    private int home(int hash) {
        return (int) ((hash & 0xffffffffL) * slots.length >>> 32);
    }

    private int next(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }
}
