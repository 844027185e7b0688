package io.millrace.core.measure;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
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
            locateText((BytesColumn) keys[0], count, groups);
            return;
        }
        for (int row = 0; row < count; row++) {
            encoded.clear();
            for (Column key : keys) {
                encoded.append(key, row);
            }
            groups[row] = find(encoded.bytes(), 0, encoded.length());
        }
    }

    private void locateText(BytesColumn key, int count, int[] groups) {
        boolean anyNull = key.nulls().any();
        byte[] data = key.data();
        int[] offsets = key.offsets();
        for (int row = 0; row < count; row++) {
            if (anyNull && key.isNull(row)) {
                if (nullGroup == NONE) {
                    nullGroup = rows.append();
                }
                groups[row] = nullGroup;
            } else {
                groups[row] = find(data, offsets[row], offsets[row + 1] - offsets[row]);
            }
        }
    }

    private int find(byte[] data, int from, int size) {
        int tag = (int) (StableHash.hash(data, from, size, seed) >>> 32);
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
        return super.bytes() + arena.bytes();
    }
}
