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
    /** Which values the page under way has, one bit each. */
    private long[] inPage = new long[4];

    private int size;
    /** Open addressing: the hash, and below it the id plus one; 0 where free. */
    private long[] slots = new long[1024];

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
        long entry = slots[slot];
        while (entry != 0) {
            int id = (int) entry - 1;
            if ((int) (entry >>> 32) == hash && equal(id, data, from, to)) {
                inPage[id >> 6] |= 1L << id;
                return id;
            }
            slot = slot + 1 & mask;
            entry = slots[slot];
        }
        return add(data, from, to, hash, slot);
    }

    private boolean equal(int id, byte[] data, int from, int to) {
        int start = starts[id];
        int length = starts[id + 1] - Integer.BYTES - start;
        return length == to - from && WideBytes.equal(plain.array(), start, data, from, length);
    }

    private int add(byte[] data, int from, int to, int hash, int slot) {
        int id = size;
        if (id == inPage.length * Long.SIZE) {
            inPage = Arrays.copyOf(inPage, inPage.length * 2);
            starts = Arrays.copyOf(starts, id * 2 + 1);
        }
        int place = plain.size();
        int added = Math.addExact(to - from, Integer.BYTES);
        INT.set(plain.reserve(Math.addExact(place, added)), place, to - from);
        System.arraycopy(data, from, plain.array(), place + Integer.BYTES, to - from);
        plain.skip(added);
        inPage[id >> 6] |= 1L << id;
        size++;
        starts[size] = plain.size() + Integer.BYTES;
        slots[slot] = (long) hash << 32 | size;
        if (size * 3L > slots.length * 2L) {
            grow();
        }
        return id;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    /** Adds the values of the page under way to its bounds, and begins the next page. */
    void addTo(ByteBounds bounds) {
        for (int word = 0; word * Long.SIZE < size; word++) {
            for (long bits = inPage[word]; bits != 0; bits &= bits - 1) {
                int id = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                bounds.add(plain.array(), starts[id], starts[id + 1] - Integer.BYTES);
            }
            inPage[word] = 0;
        }
    }
}
