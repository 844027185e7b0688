package io.millrace.core.measure;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** Keys with text, wide decimals or lists: a single text is kept as it is, everything else as canonical bytes. */
final class ByteKeys extends GroupKeys {
    private static final int NONE = -1;

    private final List<DataType> types;
    private final boolean single;
    private final int at;
    private final ByteArena arena = new ByteArena();
    private final OrderedBytes encoded = new OrderedBytes();
    private int nullGroup = NONE;
    private int[] starts = {};
    private int[] tags = {};
    private int[] likely = {};
    private long[] places = {};
    /** Of no use but to keep what {@link #lookAhead} reads from being optimised away. */
    private int touched;

    ByteKeys(List<DataType> types, GroupRows rows) {
        super(rows);
        this.types = types;
        this.single = types.size() == 1
                && switch (types.get(0).kind()) {
                    case STRING, BINARY, JSON -> true;
                    case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, DATE, TIMESTAMP, LIST -> false;
                };
        this.at = rows.reserve(1);
    }

    @Override
    void locate(Column[] keys, int count, int[] groups) {
        if (single) {
            BytesColumn key = (BytesColumn) keys[0];
            locate(key.data(), key.offsets(), key.nulls(), count, groups);
            return;
        }
        if (starts.length <= count) {
            starts = new int[count + 1];
        }
        encoded.clear();
        for (int row = 0; row < count; row++) {
            for (Column key : keys) {
                encoded.append(key, row);
            }
            starts[row + 1] = encoded.length();
        }
        locate(encoded.bytes(), starts, NullBitmap.NONE, count, groups);
    }

    private void locate(byte[] data, int[] offsets, NullBitmap nulls, int count, int[] groups) {
        if (tags.length < count) {
            tags = new int[count];
            likely = new int[count];
            places = new long[count];
        }
        for (int row = 0; row < count; row++) {
            tags[row] = (int) (StableHash.hash(data, offsets[row], offsets[row + 1] - offsets[row], seed) >>> 32);
        }
        lookAhead(count);
        for (int row = 0; row < count; row++) {
            int from = offsets[row];
            int size = offsets[row + 1] - from;
            if (nulls.isNull(row)) {
                groups[row] = nullGroup();
            } else if (likely[row] != NONE && arena.holds(places[row], data, from, size)) {
                groups[row] = likely[row];
            } else {
                groups[row] = find(tags[row], data, from, size);
            }
        }
    }

    /**
     * Finds the group that each row most likely belongs to. A large table lies in memory that answers slowly, but many
     * questions at once: so each of the three places that a key leads to is asked for all rows before the next is.
     */
    private void lookAhead(int count) {
        int shift = shift();
        for (int row = 0; row < count; row++) {
            long slot = slots[tags[row] >>> shift];
            likely[row] = slot != 0 && (int) (slot >>> 32) == tags[row] ? (int) slot - 1 : NONE;
        }
        for (int row = 0; row < count; row++) {
            places[row] = likely[row] == NONE ? 0 : place(likely[row]);
        }
        byte[] held = arena.data();
        int sum = 0;
        for (int row = 0; row < count; row++) {
            if (ByteArena.size(places[row]) > 0) {
                sum += held[ByteArena.start(places[row])];
            }
        }
        touched = sum;
    }

    private int nullGroup() {
        if (nullGroup == NONE) {
            nullGroup = rows.append();
        }
        return nullGroup;
    }

    private int find(int tag, byte[] data, int from, int size) {
        int slot = tag >>> shift();
        while (slots[slot] != 0) {
            int group = (int) slots[slot] - 1;
            if ((int) (slots[slot] >>> 32) == tag && arena.holds(place(group), data, from, size)) {
                return group;
            }
            slot = slot + 1 & slots.length - 1;
        }
        int group = insert(slot, tag);
        rows.words()[group * rows.width() + at] = arena.add(data, from, size);
        return group;
    }

    private long place(int group) {
        return rows.words()[group * rows.width() + at];
    }

    @Override
    Column[] build(int from, int to) {
        ColumnBuilder[] builders = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        OrderedBytesReader reader = new OrderedBytesReader();
        for (int group = from; group < to; group++) {
            if (group == nullGroup) {
                builders[0].appendNull();
                continue;
            }
            int start = ByteArena.start(place(group));
            int size = ByteArena.size(place(group));
            if (single) {
                ((BytesColumn.Builder) builders[0]).append(arena.data(), start, size);
                continue;
            }
            reader.over(arena.data(), start, start + size);
            for (ColumnBuilder builder : builders) {
                reader.read(builder);
            }
        }
        Column[] built = new Column[builders.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = builders[i].build();
        }
        return built;
    }

    @Override
    void clear() {
        super.clear();
        arena.clear();
        nullGroup = NONE;
    }

    @Override
    long bytes() {
        return super.bytes() + arena.bytes() + 4L * starts.length + 16L * tags.length;
    }
}
