package io.millrace.core.learned;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64, the 64-bit xxHash of Yann Collet, as its specification defines it: libraries in every language have it, so a model
 * server can compute the same buckets.
 */
public final class XxHash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private XxHash64() {}

    /** The hash of the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public static long hash(byte[] data, int from, int to, long seed) {
        int at = from;
        long hash;
        if (to - from >= 32) {
            long v1 = seed + PRIME_1 + PRIME_2;
            long v2 = seed + PRIME_2;
            long v3 = seed;
            long v4 = seed - PRIME_1;
            for (; at + 32 <= to; at += 32) {
                v1 = round(v1, (long) LONGS.get(data, at));
                v2 = round(v2, (long) LONGS.get(data, at + 8));
                v3 = round(v3, (long) LONGS.get(data, at + 16));
                v4 = round(v4, (long) LONGS.get(data, at + 24));
            }
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(merge(merge(merge(hash, v1), v2), v3), v4);
        } else {
            hash = seed + PRIME_5;
        }
        hash += to - from;
        for (; at + 8 <= to; at += 8) {
            hash ^= round(0, (long) LONGS.get(data, at));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= to) {
            hash ^= ((int) INTS.get(data, at) & 0xffffffffL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < to; at++) {
            hash ^= (data[at] & 0xff) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long value) {
        return (hash ^ round(0, value)) * PRIME_1 + PRIME_4;
    }
}
