package io.millrace.core.transform.check;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import java.util.Arrays;
import java.util.List;

/** Texts, compared byte for byte; found by hash, without an object for a row. */
final class TextSet extends ValueSet {
    private final byte[][] slots;
    private final int mask;
    private BytesColumn column;

    TextSet(List<Column> values) {
        slots = new byte[Math.max(4, Integer.highestOneBit(values.size()) * 4)][];
        mask = slots.length - 1;
        for (Column value : values) {
            BytesColumn text = (BytesColumn) value;
            int from = text.offsets()[0];
            int to = text.offsets()[1];
            slots[slot(text.data(), from, to)] = Arrays.copyOfRange(text.data(), from, to);
        }
    }

    /** Where the text is, or would be put. */
    private int slot(byte[] data, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + data[i];
        }
        int slot = (hash ^ hash >>> 16) & mask;
        while (slots[slot] != null && !Arrays.equals(slots[slot], 0, slots[slot].length, data, from, to)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    @Override
    void begin(Column next) {
        column = (BytesColumn) next;
    }

    @Override
    boolean contains(int row) {
        return slots[slot(column.data(), column.offsets()[row], column.offsets()[row + 1])] != null;
    }
}
