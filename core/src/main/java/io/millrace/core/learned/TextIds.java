package io.millrace.core.learned;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.key.XxHash64;
import java.util.Arrays;

/** Numbers texts by their bytes: an open-addressing table beside one array of all bytes. */
final class TextIds extends ValueIds {
    private static final int SEED = 0;

    /** The number plus one, or 0 where the slot is free. */
    private int[] slots = new int[1024];

    private int[] hashes = new int[512];
    private int[] offsets = new int[513];
    private byte[] data = new byte[4096];
    private int size;

    @Override
    public void find(Column values, int from, int to, int[] ids) {
        number(values, from, to, ids, false);
    }

    @Override
    void add(Column values, int from, int to, int[] ids) {
        number(values, from, to, ids, true);
    }

    private void number(Column values, int from, int to, int[] ids, boolean add) {
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
        int end = offsets[size];
        if (size == MOST || (long) end + to - from > MOST_BYTES) {
            throw tooMany();
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size + 1);
        }
        if (end + to - from > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, end + to - from));
        }
        System.arraycopy(source, from, data, end, to - from);
        offsets[size + 1] = end + to - from;
        hashes[size] = hash;
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
            int slot = hashes[id] & mask;
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = id + 1;
        }
        slots = larger;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    Column values() {
        return BytesColumn.of(DataType.STRING, size, NullBitmap.NONE, data, offsets);
    }

    @Override
    int compare(int one, int other) {
        return Arrays.compareUnsigned(data, offsets[one], offsets[one + 1], data, offsets[other], offsets[other + 1]);
    }
}
