package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.util.Arrays;

/**
 * The distinct values of all groups in one hash table of pairs of group and value, each with a number that the user counts
 * up. A group's values form a chain. One thread.
 */
abstract sealed class ValueSets permits LongSets, ByteSets {
    private static final int INITIAL = 1 << 10;

    private int[] slots = new int[INITIAL * 2];
    private int[] tags = new int[INITIAL];
    private int[] groups = new int[INITIAL];
    private int[] next = new int[INITIAL];
    private long[] counts = new long[INITIAL];
    /** The first pair of each group's chain, plus one. */
    private int[] heads = {};

    private int size;

    static ValueSets of(DataType type) {
        return FixedValues.fit(type) ? new LongSets() : new ByteSets();
    }

    /** Takes up the values of a column; {@link #find} then goes by row. */
    abstract void begin(Column column, int rows);

    /** A hash of a row's value. */
    abstract long hash(int row);

    abstract boolean holds(int pair, int row);

    /** Keeps a row's value as that of a new pair; pairs are numbered consecutively. */
    abstract void keep(int pair, int row);

    /** Appends a pair's value as it is stored in states. */
    abstract void write(int pair, OrderedBytes into);

    /** Sorts pairs by their values. */
    abstract void sort(int[] pairs, int count);

    /** Appends a pair's value to a builder of its type. */
    abstract void append(int pair, ColumnBuilder into);

    abstract long valueBytes();

    abstract void clearValues();

    /** The pair of a group and a row's value, added with a count of zero where it is new. */
    final int find(int group, int row) {
        int tag = (int) (StableHash.mix(hash(row), group) >>> 32);
        int slot = tag >>> shift();
        while (slots[slot] != 0) {
            int pair = slots[slot] - 1;
            if (tags[pair] == tag && groups[pair] == group && holds(pair, row)) {
                return pair;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (size == tags.length) {
            grow();
            return find(group, row);
        }
        slots[slot] = size + 1;
        tags[size] = tag;
        groups[size] = group;
        next[size] = heads[group];
        heads[group] = size + 1;
        keep(size, row);
        return size++;
    }

    private int shift() {
        return Integer.numberOfLeadingZeros(slots.length) + 1;
    }

    private void grow() {
        if (size >= 1 << 29) {
            throw GroupTable.tooLarge("more than " + size + " distinct values would have to be held at once");
        }
        tags = Arrays.copyOf(tags, size * 2);
        groups = Arrays.copyOf(groups, size * 2);
        next = Arrays.copyOf(next, size * 2);
        counts = Arrays.copyOf(counts, size * 2);
        slots = new int[size * 4];
        for (int pair = 0; pair < size; pair++) {
            int slot = tags[pair] >>> shift();
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = pair + 1;
        }
    }

    final void growGroups(int more) {
        if (heads.length < more) {
            heads = Arrays.copyOf(heads, Math.max(more, heads.length * 2));
        }
    }

    final void count(int pair, long more) {
        counts[pair] += more;
    }

    final long count(int pair) {
        return counts[pair];
    }

    /** The pairs of a group, in no order. */
    final int[] pairs(int group) {
        int found = 0;
        for (int pair = heads[group]; pair != 0; pair = next[pair - 1]) {
            found++;
        }
        int[] pairs = new int[found];
        for (int pair = heads[group], i = 0; pair != 0; pair = next[pair - 1]) {
            pairs[i++] = pair - 1;
        }
        return pairs;
    }

    final void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(heads, 0);
        Arrays.fill(counts, 0, size, 0);
        size = 0;
        clearValues();
    }

    final long bytes() {
        return 4L * slots.length + 20L * tags.length + 4L * heads.length + valueBytes();
    }
}
