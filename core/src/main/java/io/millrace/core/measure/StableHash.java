package io.millrace.core.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 under a seed. With {@link #SKETCH_SEED} over canonical bytes it is the one hash of all approximate measures: their
 * results and stored states depend on it, so neither may ever change.
 */
final class StableHash {
    /** The seed of approximate measures, on every engine, for ever. */
    static final long SKETCH_SEED = 0x6d696c6c72616365L;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long P1 = 0x9e3779b185ebca87L;
    private static final long P2 = 0xc2b2ae3d27d4eb4fL;
    private static final long P3 = 0x165667b19e3779f9L;
    private static final long P4 = 0x85ebca77c2b2ae63L;
    private static final long P5 = 0x27d4eb2f165667c5L;

    private StableHash() {}

    static long hash(byte[] data, int from, int size, long seed) {
        int at = from;
        int end = from + size;
        long hash;
        if (size >= 32) {
            long a = seed + P1 + P2;
            long b = seed + P2;
            long c = seed;
            long d = seed - P1;
            for (; at <= end - 32; at += 32) {
                a = round(a, (long) LONGS.get(data, at));
                b = round(b, (long) LONGS.get(data, at + 8));
                c = round(c, (long) LONGS.get(data, at + 16));
                d = round(d, (long) LONGS.get(data, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = fold(fold(fold(fold(hash, a), b), c), d);
        } else {
            hash = seed + P5;
        }
        hash += size;
        for (; at <= end - 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONGS.get(data, at)), 27) * P1 + P4;
        }
        if (at <= end - 4) {
            hash = Long.rotateLeft(hash ^ ((int) INTS.get(data, at) & 0xffffffffL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (data[at] & 0xff) * P5, 11) * P1;
        }
        return finish(hash);
    }

    /** Spreads the bits of a number for hash tables of one process; not XXH64 of anything. */
    static long mix(long value, long seed) {
        long mixed = (value ^ seed) * P2;
        mixed = (mixed ^ mixed >>> 32) * P3;
        return mixed ^ mixed >>> 29;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }

    private static long fold(long hash, long lane) {
        return (hash ^ round(0, lane)) * P1 + P4;
    }

    private static long finish(long hash) {
        long mixed = (hash ^ hash >>> 33) * P2;
        mixed = (mixed ^ mixed >>> 29) * P3;
        return mixed ^ mixed >>> 32;
    }
}
