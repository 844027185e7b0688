package io.millrace.core.measure;

import java.util.Arrays;

/** Byte strings one after the other. A place names one: its start in the upper, its size in the lower 32 bits. One thread. */
final class ByteArena {
    private static final int INITIAL = 1 << 12;

    private byte[] data = {};
    private int length;

    long add(byte[] source, int from, int size) {
        if (data.length - length < size) {
            long needed = (long) length + size;
            if (needed > Integer.MAX_VALUE - 8) {
                throw GroupTable.tooLarge("more than 2 GB of keys or distinct values would have to be held at once");
            }
            data = Arrays.copyOf(
                    data, (int) Math.min(Math.max(Math.max(needed, INITIAL), data.length * 2L), Integer.MAX_VALUE - 8));
        }
        System.arraycopy(source, from, data, length, size);
        long place = (long) length << 32 | size;
        length += size;
        return place;
    }

    byte[] data() {
        return data;
    }

    static int start(long place) {
        return (int) (place >>> 32);
    }

    static int size(long place) {
        return (int) place;
    }

    boolean holds(long place, byte[] other, int from, int size) {
        int start = start(place);
        return size(place) == size && Arrays.equals(data, start, start + size, other, from, from + size);
    }

    void clear() {
        length = 0;
    }

    long bytes() {
        return data.length;
    }
}
