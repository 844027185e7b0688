package io.millrace.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Copying, comparing and hashing of short byte strings, eight bytes at a time: the JDK's calls cost more than their work
 * where strings have 5 to 50 bytes.
 */
final class WideBytes {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int LONGEST = 64;

    private WideBytes() {}

    /** Copies bytes; up to seven behind them in the target may change too. */
    static void copy(byte[] source, int from, byte[] target, int to, int size) {
        if (size > LONGEST || from + size + Long.BYTES > source.length || to + size + Long.BYTES > target.length) {
            System.arraycopy(source, from, target, to, size);
            return;
        }
        for (int i = 0; i < size; i += Long.BYTES) {
            LITTLE.set(target, to + i, (long) LITTLE.get(source, from + i));
        }
    }

    static boolean equal(byte[] left, int leftFrom, byte[] right, int rightFrom, int size) {
        if (size > LONGEST
                || leftFrom + size + Long.BYTES > left.length
                || rightFrom + size + Long.BYTES > right.length) {
            return Arrays.equals(left, leftFrom, leftFrom + size, right, rightFrom, rightFrom + size);
        }
        int i = 0;
        for (; i + Long.BYTES <= size; i += Long.BYTES) {
            if ((long) LITTLE.get(left, leftFrom + i) != (long) LITTLE.get(right, rightFrom + i)) {
                return false;
            }
        }
        long differing = (long) LITTLE.get(left, leftFrom + i) ^ (long) LITTLE.get(right, rightFrom + i);
        return (differing & low(size - i)) == 0;
    }

    /** Negative, zero or positive as the left bytes, unsigned, are before, equal to or behind the right ones. */
    static int compare(byte[] left, int leftFrom, int leftSize, byte[] right, int rightSize) {
        int common = Math.min(leftSize, rightSize);
        int i = 0;
        for (; i + Long.BYTES <= common; i += Long.BYTES) {
            long a = (long) BIG.get(left, leftFrom + i);
            long b = (long) BIG.get(right, i);
            if (a != b) {
                return Long.compareUnsigned(a, b);
            }
        }
        for (; i < common; i++) {
            int difference = (left[leftFrom + i] & 0xff) - (right[i] & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return leftSize - rightSize;
    }

    static int hash(byte[] data, int from, int size) {
        long hash = size * MULTIPLIER;
        int i = 0;
        for (; i + Long.BYTES <= size; i += Long.BYTES) {
            hash = (hash ^ (long) LITTLE.get(data, from + i)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        if (i < size) {
            hash = (hash ^ tail(data, from + i, size - i)) * MULTIPLIER;
        }
        return (int) (hash >>> 32 ^ hash >>> 47);
    }

    private static long tail(byte[] data, int from, int size) {
        if (from + Long.BYTES <= data.length) {
            return (long) LITTLE.get(data, from) & low(size);
        }
        long tail = 0;
        for (int i = 0; i < size; i++) {
            tail |= (data[from + i] & 0xffL) << i * Byte.SIZE;
        }
        return tail;
    }

    /** The lowest bytes, fewer than eight. */
    private static long low(int bytes) {
        return (1L << bytes * Byte.SIZE) - 1;
    }
}
