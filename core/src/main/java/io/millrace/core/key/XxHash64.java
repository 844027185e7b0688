package io.millrace.core.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** xxHash with 64 bits, as its specification defines it, and its short forms for an int and a long of little-endian bytes. */
public final class XxHash64 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    private XxHash64() {}

    public static long hash(int value, long seed) {
        return avalanche(four(seed + PRIME_5 + 4, value));
    }

    public static long hash(long value, long seed) {
        return avalanche(eight(seed + PRIME_5 + 8, value));
    }

    /** The hash of the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
    public static long hash(byte[] data, int from, int to, long seed) {
        int at = from;
        long hash = seed + PRIME_5;
        if (to - from >= 32) {
            long a = seed + PRIME_1 + PRIME_2;
            long b = seed + PRIME_2;
            long c = seed;
            long d = seed - PRIME_1;
            for (; at + 32 <= to; at += 32) {
                a = round(a, (long) LONGS.get(data, at));
                b = round(b, (long) LONGS.get(data, at + 8));
                c = round(c, (long) LONGS.get(data, at + 16));
                d = round(d, (long) LONGS.get(data, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        hash += to - from;
        for (; at + 8 <= to; at += 8) {
            hash = eight(hash, (long) LONGS.get(data, at));
        }
        if (at + 4 <= to) {
            hash = four(hash, (int) INTS.get(data, at));
            at += 4;
        }
        for (; at < to; at++) {
            hash = Long.rotateLeft(hash ^ (data[at] & 0xffL) * PRIME_5, 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static long round(long state, long input) {
        return Long.rotateLeft(state + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long state) {
        return (hash ^ round(0, state)) * PRIME_1 + PRIME_4;
    }

    private static long eight(long hash, long value) {
        return Long.rotateLeft(hash ^ round(0, value), 27) * PRIME_1 + PRIME_4;
    }

    private static long four(long hash, int value) {
        return Long.rotateLeft(hash ^ (value & 0xffffffffL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
    }

    private static long avalanche(long value) {
        long hash = value;
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }
}
