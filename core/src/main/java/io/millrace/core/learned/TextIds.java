package io.millrace.core.learned;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.key.XxHash64;
import java.util.Arrays;

/** Numbers texts by their bytes: by their hashes, beside one array of all bytes. */
final class TextIds extends ValueIds {
    private static final int SEED = 0;

    private int[] hashes = new int[512];
    private int[] offsets = new int[513];
    private byte[] data = new byte[4096];

    @Override
    void number(Column values, int from, int to, int[] ids, boolean add) {
        BytesColumn text = (BytesColumn) values;
        byte[] source = text.data();
        int[] places = text.offsets();
        NullBitmap nulls = text.nulls();
        boolean anyNull = nulls.any();
        for (int row = from; row < to; row++) {
            ids[row - from] = anyNull && nulls.isNull(row) ? NONE : number(source, places[row], places[row + 1], add);
        }
    }

    private int number(byte[] source, int from, int to, boolean add) {
        long wide = XxHash64.hash(source, from, to, SEED);
        int hash = (int) (wide ^ wide >>> 32);
        int[] slots = slots();
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            int id = slots[slot] - 1;
            if (id < 0) {
                return add ? insert(source, from, to, hash, slot) : NONE;
            }
            if (hashes[id] == hash && Arrays.equals(data, offsets[id], offsets[id + 1], source, from, to)) {
                return id;
            }
        }
    }

    private int insert(byte[] source, int from, int to, int hash, int slot) {
        int id = size();
        int end = offsets[id];
        if ((long) end + to - from > MOST_BYTES) {
            throw tooMany();
        }
        if (id == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * id);
            offsets = Arrays.copyOf(offsets, 2 * id + 1);
        }
        if (end + to - from > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, end + to - from));
        }
        System.arraycopy(source, from, data, end, to - from);
        offsets[id + 1] = end + to - from;
        hashes[id] = hash;
        return take(slot);
    }

    @Override
    int hash(int id) {
        return hashes[id];
    }

    @Override
    Column values() {
        return BytesColumn.of(DataType.STRING, size(), NullBitmap.NONE, data, offsets);
    }

    @Override
    int compare(int one, int other) {
        return Arrays.compareUnsigned(data, offsets[one], offsets[one + 1], data, offsets[other], offsets[other + 1]);
    }
}
