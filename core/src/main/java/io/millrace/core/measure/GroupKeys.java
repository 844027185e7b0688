package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds the group of a key, in open addressing with linear probing: a slot holds 32 bits of the key's hash and the group,
 * so that a key is compared only where the bits are equal. The hash is seeded for each table, and never decides more than
 * the place in it. One thread.
 */
abstract sealed class GroupKeys permits FixedKeys, ByteKeys {
    private static final int INITIAL_BITS = 10;
    /** A slot's position is the upper bits of the 32 that it holds. */
    private static final int MOST_BITS = 30;

    final GroupRows rows;
    final long seed = ThreadLocalRandom.current().nextLong();
    /** Hash bits above, group + 1 below; zero where free. */
    long[] slots = new long[1 << INITIAL_BITS];

    private int bits = INITIAL_BITS;

    GroupKeys(GroupRows rows) {
        this.rows = rows;
    }

    static GroupKeys of(List<DataType> types, GroupRows rows) {
        return types.stream().allMatch(FixedValues::fit) ? new FixedKeys(types, rows) : new ByteKeys(types, rows);
    }

    /** Finds each row's group, and adds those that are new. Nulls are equal. */
    abstract void locate(Column[] keys, int count, int[] groups);

    /** The keys of the groups from {@code from} to {@code to}, as columns. */
    abstract Column[] build(int from, int to);

    /** How far a tag has to be shifted to be a slot's index. */
    final int shift() {
        return 32 - bits;
    }

    /** A new group in this free slot; {@link #slots} and the rows' words may be others afterwards. */
    final int insert(int slot, int tag) {
        int group = rows.append();
        slots[slot] = (long) tag << 32 | (group + 1);
        if (rows.groups() > slots.length >> 1) {
            grow();
        }
        return group;
    }

    private void grow() {
        if (bits == MOST_BITS) {
            throw GroupTable.tooLarge("more than " + (slots.length >> 1) + " groups would have to be held at once");
        }
        bits++;
        long[] old = slots;
        slots = new long[1 << bits];
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) >>> shift();
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    void clear() {
        Arrays.fill(slots, 0);
    }

    long bytes() {
        return 8L * slots.length;
    }
}
