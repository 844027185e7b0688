package io.millrace.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/**
 * Numbers the distinct byte strings of a column chunk in the order of their first appearance, and keeps them as the
 * dictionary page has them: length, then bytes. One thread.
 */
final class BytesDictionary {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final ReusedBytes plain = new ReusedBytes();
    /** Where each value's bytes begin in {@link #plain}, behind its length; one more for the end. */
    private int[] starts = new int[257];

    private int[] hashes = new int[256];
    /** The last page, counted from 1, that each value was in. */
    private int[] pages = new int[256];

    private int size;
    private int page = 1;
    /** Open addressing: ids plus one, 0 where free. */
    private int[] slots = new int[1024];

    BytesDictionary() {
        starts[0] = Integer.BYTES;
    }

    int size() {
        return size;
    }

    int bytes() {
        return plain.size();
    }

    BytesInput plain() {
        return plain.toBytesInput();
    }

    int idOf(byte[] data, int from, int to) {
        int hash = WideBytes.hash(data, from, to - from);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (hashes[id] == hash && equal(id, data, from, to)) {
                pages[id] = page;
                return id;
            }
            slot = slot + 1 & mask;
        }
        return add(data, from, to, hash, slot);
    }

    private boolean equal(int id, byte[] data, int from, int to) {
        int start = starts[id];
        int length = starts[id + 1] - Integer.BYTES - start;
        return length == to - from && WideBytes.equal(plain.array(), start, data, from, length);
    }

    private int add(byte[] data, int from, int to, int hash, int slot) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            pages = Arrays.copyOf(pages, size * 2);
            starts = Arrays.copyOf(starts, size * 2 + 1);
        }
        int place = plain.size();
        int added = Math.addExact(to - from, Integer.BYTES);
        INT.set(plain.reserve(Math.addExact(place, added)), place, to - from);
        System.arraycopy(data, from, plain.array(), place + Integer.BYTES, to - from);
        plain.skip(added);
        hashes[size] = hash;
        pages[size] = page;
        size++;
        starts[size] = plain.size() + Integer.BYTES;
        slots[slot] = size;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        slots = new int[slots.length * 4];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hashes[id] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
    }

    /** Adds the values of the page under way to its bounds, and begins the next page. */
    void addTo(ByteBounds bounds) {
        for (int id = 0; id < size; id++) {
            if (pages[id] == page) {
                bounds.add(plain.array(), starts[id], starts[id + 1] - Integer.BYTES);
            }
        }
        page++;
    }
}
