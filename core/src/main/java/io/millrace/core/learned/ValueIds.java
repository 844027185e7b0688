package io.millrace.core.learned;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;

/** Numbers distinct values 0, 1, 2 … in the order in which they come. One thread while values are added. */
public abstract sealed class ValueIds permits TextIds, WholeIds {
    /** What {@link #find} says of a value without a number, and of null. */
    public static final int NONE = -1;

    /** The most distinct values. */
    static final int MOST = 5_000_000;

    /** The most bytes of distinct text. */
    static final int MOST_BYTES = 512 << 20;

    /** The number plus one, or 0 where the slot is free: open addressing. */
    private int[] slots = new int[1024];

    private int size;

    /** Without any value yet. A user error where values of this type are not told apart. */
    public static ValueIds of(DataType type, String kind) {
        if (type.kind() == Kind.STRING) {
            return new TextIds();
        }
        if (type.kind() == Kind.INT32 || type.kind() == Kind.INT64) {
            return new WholeIds();
        }
        throw MillraceException.user(kind + " is for string, int32 and int64, not for " + type
                + "; convert the column in a step  clean: {types: …}  before, or use bucket for numbers");
    }

    /** The numbers of a column's values from {@code from} to {@code to}, from place 0 of {@code ids} on. */
    public final void find(Column values, int from, int to, int[] ids) {
        number(values, from, to, ids, false);
    }

    /** The same, and gives those without a number the next one. */
    final void add(Column values, int from, int to, int[] ids) {
        number(values, from, to, ids, true);
    }

    abstract void number(Column values, int from, int to, int[] ids, boolean add);

    /** How many values have a number. */
    public final int size() {
        return size;
    }

    /** Slots by hash, as many as a power of two. */
    final int[] slots() {
        return slots;
    }

    /** The hash of the value with a number. */
    abstract int hash(int id);

    /** Gives the value for which a free slot was found the next number. A user error where there are too many. */
    final int take(int slot) {
        if (size == MOST) {
            throw tooMany();
        }
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
            int slot = hash(id) & mask;
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = id + 1;
        }
        slots = larger;
    }

    /** All values by their number: STRING or INT64. */
    abstract Column values();

    /** Below zero where the one value comes before the other: text by its UTF-8 bytes, which is by code points. */
    abstract int compare(int one, int other);

    static MillraceException tooMany() {
        return MillraceException.user("there are more than " + MOST + " distinct values, or more than "
                + (MOST_BYTES >> 20) + " MB of them; use  hash, which needs no vocabulary, or a coarser column");
    }
}
