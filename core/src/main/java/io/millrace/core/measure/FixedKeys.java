package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.util.Arrays;
import java.util.List;

/** Keys of types that fit longs: a word for each column, and one for the null flags where there are several. */
final class FixedKeys extends GroupKeys {
    private static final int NONE = -1;

    private final List<DataType> types;
    private final int at;
    private final long[][] values;
    private long[] nullFlags = {};
    private int nullGroup = NONE;

    FixedKeys(List<DataType> types, GroupRows rows) {
        super(rows);
        if (types.size() > Long.SIZE) {
            throw new IllegalArgumentException("a key of more than " + Long.SIZE + " columns");
        }
        this.types = types;
        this.at = rows.reserve(types.size() > 1 ? types.size() + 1 : types.size());
        this.values = new long[types.size()][0];
    }

    @Override
    void locate(Column[] keys, int count, int[] groups) {
        if (keys.length == 0) {
            if (rows.groups() == 0 && count > 0) {
                rows.append();
            }
            Arrays.fill(groups, 0, count, 0);
            return;
        }
        for (int i = 0; i < keys.length; i++) {
            if (values[i].length < count) {
                values[i] = new long[count];
            }
            FixedValues.read(keys[i], count, values[i]);
        }
        if (keys.length == 1) {
            locateSingle(keys[0], count, groups);
        } else {
            locateSeveral(keys, count, groups);
        }
    }

    private void locateSingle(Column key, int count, int[] groups) {
        boolean anyNull = key.nulls().any();
        long[] column = values[0];
        int width = rows.width();
        for (int row = 0; row < count; row++) {
            if (anyNull && key.isNull(row)) {
                if (nullGroup == NONE) {
                    nullGroup = rows.append();
                }
                groups[row] = nullGroup;
                continue;
            }
            long value = column[row];
            int tag = (int) (StableHash.mix(value, seed) >>> 32);
            long[] table = slots;
            long[] words = rows.words();
            int slot = tag >>> shift();
            while (true) {
                long entry = table[slot];
                if (entry == 0) {
                    int group = insert(slot, tag);
                    rows.words()[group * width + at] = value;
                    groups[row] = group;
                    break;
                }
                int group = (int) entry - 1;
                if ((int) (entry >>> 32) == tag && words[group * width + at] == value) {
                    groups[row] = group;
                    break;
                }
                slot = slot + 1 & table.length - 1;
            }
        }
    }

    private void locateSeveral(Column[] keys, int count, int[] groups) {
        if (nullFlags.length < count) {
            nullFlags = new long[count];
        }
        Arrays.fill(nullFlags, 0, count, 0);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].nulls().any()) {
                for (int row = 0; row < count; row++) {
                    if (keys[i].isNull(row)) {
                        nullFlags[row] |= 1L << i;
                        values[i][row] = 0;
                    }
                }
            }
        }
        for (int row = 0; row < count; row++) {
            long hash = StableHash.mix(nullFlags[row], seed);
            for (long[] column : values) {
                hash = StableHash.mix(column[row], Long.rotateLeft(hash, 23));
            }
            groups[row] = find(row, (int) (hash >>> 32));
        }
    }

    private int find(int row, int tag) {
        int slot = tag >>> shift();
        while (slots[slot] != 0) {
            int group = (int) slots[slot] - 1;
            if ((int) (slots[slot] >>> 32) == tag && holds(group, row)) {
                return group;
            }
            slot = slot + 1 & slots.length - 1;
        }
        int group = insert(slot, tag);
        int place = group * rows.width() + at;
        for (long[] column : values) {
            rows.words()[place++] = column[row];
        }
        rows.words()[place] = nullFlags[row];
        return group;
    }

    private boolean holds(int group, int row) {
        long[] words = rows.words();
        int place = group * rows.width() + at;
        for (long[] column : values) {
            if (words[place++] != column[row]) {
                return false;
            }
        }
        return words[place] == nullFlags[row];
    }

    @Override
    Column[] build(int from, int to) {
        Column[] built = new Column[types.size()];
        long[] words = rows.words();
        for (int i = 0; i < built.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(i));
            for (int group = from; group < to; group++) {
                int place = group * rows.width() + at;
                boolean isNull = built.length == 1 ? group == nullGroup : (words[place + built.length] & 1L << i) != 0;
                if (isNull) {
                    builder.appendNull();
                } else {
                    FixedValues.append(words[place + i], builder);
                }
            }
            built[i] = builder.build();
        }
        return built;
    }

    @Override
    void clear() {
        super.clear();
        nullGroup = NONE;
    }
}
