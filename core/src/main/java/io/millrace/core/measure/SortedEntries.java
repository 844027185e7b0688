package io.millrace.core.measure;

import java.util.Arrays;

/**
 * Byte strings of which the least or the greatest {@code limit} are kept; equal ones once, or each. Sorted when looked at:
 * up to twice the limit are collected in between, so that a value costs the logarithm of the limit. One thread.
 */
final class SortedEntries {
    /** The size of an array's head. */
    private static final int ARRAY = 16;

    private final int limit;
    private final boolean greatest;
    private final boolean distinct;
    private byte[][] entries = new byte[2][];
    private int size;
    private int sorted;
    private long bytes = ARRAY * 3;

    SortedEntries(int limit, boolean greatest, boolean distinct) {
        this.limit = limit;
        this.greatest = greatest;
        this.distinct = distinct;
    }

    /** False where an entry that begins so cannot be among those kept: there are {@code limit} better ones. */
    boolean wants(byte[] data, int from, int to) {
        if (sorted < limit) {
            return true;
        }
        // The worst of those kept, of which only as much is compared as is known of the entry.
        byte[] worst = entries[greatest ? 0 : limit - 1];
        int known = Math.min(worst.length, to - from);
        int order = Arrays.compareUnsigned(data, from, from + known, worst, 0, known);
        return greatest ? order >= 0 : order <= 0;
    }

    void add(byte[] data, int from, int to) {
        if (!wants(data, from, to)) {
            return;
        }
        if (limit == 1) {
            entries[0] = Arrays.copyOfRange(data, from, to);
            size = 1;
            sorted = 1;
            bytes = ARRAY * 4 + 8 + to - from;
            return;
        }
        if (size == entries.length) {
            if (limit < Integer.MAX_VALUE / 2 && size >= 2 * limit) {
                sort();
            }
            if (size > entries.length / 2) {
                entries = Arrays.copyOf(entries, Math.max(size + 1, size * 2));
            }
        }
        entries[size++] = Arrays.copyOfRange(data, from, to);
        bytes += ARRAY + 8 + to - from;
    }

    /** The entries kept, in ascending order, the first {@link #size()} of the array. */
    byte[][] sort() {
        if (sorted == size) {
            return entries;
        }
        Arrays.sort(entries, 0, size, Arrays::compareUnsigned);
        if (distinct) {
            int kept = 1;
            for (int i = 1; i < size; i++) {
                if (!Arrays.equals(entries[i], entries[kept - 1])) {
                    entries[kept++] = entries[i];
                }
            }
            size = kept;
        }
        if (size > limit) {
            if (greatest) {
                System.arraycopy(entries, size - limit, entries, 0, limit);
            }
            size = limit;
        }
        Arrays.fill(entries, size, entries.length, null);
        sorted = size;
        bytes = ARRAY * 3;
        for (int i = 0; i < size; i++) {
            bytes += ARRAY + 8 + entries[i].length;
        }
        return entries;
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes + 4L * entries.length;
    }
}
