package io.millrace.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** The dictionary ids of the page under way, and their encoding: long runs as such, all else bit-packed. One thread. */
final class DictionaryIds {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int GROUP = 8;
    private static final int SHORTEST_RUN = 64;

    private final ReusedBytes encoded = new ReusedBytes();
    private int[] ids = new int[1024];
    private int size;

    int size() {
        return size;
    }

    /** The array, with room for this many ids from {@link #size} on. */
    int[] reserve(int more) {
        if (ids.length - size < more) {
            ids = Arrays.copyOf(ids, Math.max(size + more, ids.length * 2));
        }
        return ids;
    }

    void added(int count) {
        size += count;
    }

    void clear() {
        size = 0;
    }

    /** Bit width, then the ids; valid until the next call. */
    BytesInput encode(int dictionarySize) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, dictionarySize - 1));
        encoded.clear();
        encoded.write(width);
        int begun = 0;
        int place = 0;
        while (place < size) {
            int end = place + 1;
            while (end < size && ids[end] == ids[place]) {
                end++;
            }
            // Only whole groups can stand before a run.
            int start = begun + (place - begun + GROUP - 1) / GROUP * GROUP;
            if (end - start >= SHORTEST_RUN) {
                pack(begun, start, width);
                run(ids[place], end - start, width);
                begun = end;
            }
            place = end;
        }
        pack(begun, size, width);
        return encoded.toBytesInput();
    }

    private void run(int id, int length, int width) {
        writeVariable(length << 1);
        for (int shift = 0; shift < width; shift += Byte.SIZE) {
            encoded.write(id >>> shift);
        }
    }

    /** Zeros fill up the last group. */
    private void pack(int from, int to, int width) {
        int groups = (to - from + GROUP - 1) / GROUP;
        if (groups == 0) {
            return;
        }
        writeVariable(groups << 1 | 1);
        byte[] target = encoded.reserve(encoded.size() + groups * width + 2 * Long.BYTES);
        int place = encoded.size();
        long word = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            word |= (long) ids[i] << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                LONG.set(target, place, word);
                place += Integer.BYTES;
                word >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        LONG.set(target, place, word);
        Arrays.fill(
                target,
                Math.min(place + Long.BYTES, encoded.size() + groups * width),
                encoded.size() + groups * width,
                (byte) 0);
        encoded.skip(groups * width);
    }

    private void writeVariable(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            encoded.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        encoded.write(rest);
    }
}
