package io.millrace.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * The smallest and the largest of byte strings, compared as unsigned bytes. Most values are told apart from both by their
 * first eight bytes alone. One thread.
 */
final class ByteBounds {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] smallest;
    private byte[] largest;
    private long smallestPrefix;
    private long largestPrefix;

    void clear() {
        smallest = null;
        largest = null;
    }

    void add(byte[] data, int[] offsets, int from, int to) {
        for (int row = from; row < to; row++) {
            add(data, offsets[row], offsets[row + 1]);
        }
    }

    void add(byte[] data, int from, int to) {
        if (smallest == null) {
            smallest = Arrays.copyOfRange(data, from, to);
            largest = smallest;
            smallestPrefix = prefix(data, from, to);
            largestPrefix = smallestPrefix;
            return;
        }
        long prefix = prefix(data, from, to);
        if (prefix <= smallestPrefix && WideBytes.compare(data, from, to - from, smallest, smallest.length) < 0) {
            smallest = Arrays.copyOfRange(data, from, to);
            smallestPrefix = prefix;
        } else if (prefix >= largestPrefix && WideBytes.compare(data, from, to - from, largest, largest.length) > 0) {
            largest = Arrays.copyOfRange(data, from, to);
            largestPrefix = prefix;
        }
    }

    /** The first eight bytes, zeros behind a shorter value, in an order of signed longs that is theirs. */
    private static long prefix(byte[] data, int from, int to) {
        int size = to - from;
        if (from + Long.BYTES <= data.length) {
            long bytes = (long) LONG.get(data, from);
            if (size >= Long.BYTES) {
                return bytes ^ Long.MIN_VALUE;
            }
            return (size == 0 ? 0 : bytes & -1L << Long.SIZE - size * Byte.SIZE) ^ Long.MIN_VALUE;
        }
        long bytes = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bytes = bytes << Byte.SIZE | (i < size ? data[from + i] & 0xff : 0);
        }
        return bytes ^ Long.MIN_VALUE;
    }

    void addTo(Statistics<?> statistics) {
        if (smallest != null) {
            statistics.updateStats(Binary.fromConstantByteArray(smallest));
            statistics.updateStats(Binary.fromConstantByteArray(largest));
        }
    }
}
