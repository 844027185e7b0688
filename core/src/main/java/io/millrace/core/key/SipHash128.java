package io.millrace.core.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 with 128 bits of output: a keyed hash for which nobody who lacks the key can make two inputs collide, so that
 * keys which come from outside cannot be crafted to vanish as duplicates. One thread.
 */
public final class SipHash128 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key0;
    private final long key1;
    private long first;
    private long second;

    public SipHash128(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** A hash whose 128-bit key is derived from a seed. */
    public static SipHash128 seeded(long seed) {
        return new SipHash128(Mix.mix(seed + Mix.GOLDEN), Mix.mix(seed + 2 * Mix.GOLDEN));
    }

    /** Hashes the first {@code length} bytes; {@link #first()} and {@link #second()} are the result. */
    public void hash(byte[] data, int length) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int words = length >>> 3;
        // One round more than words: the last one holds the remaining bytes and the length. Then 4 + 4 closing rounds.
        for (int word = 0; word <= words; word++) {
            long m = word < words ? (long) LONGS.get(data, word << 3) : last(data, length);
            v3 ^= m;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        v2 ^= 0xee;
        for (int round = 0; round < 8; round++) {
            if (round == 4) {
                first = v0 ^ v1 ^ v2 ^ v3;
                v1 ^= 0xdd;
            }
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        second = v0 ^ v1 ^ v2 ^ v3;
    }

    private static long last(byte[] data, int length) {
        long word = (long) length << 56;
        for (int at = length & ~7, shift = 0; at < length; at++, shift += 8) {
            word |= (data[at] & 0xffL) << shift;
        }
        return word;
    }

    /** Bytes 0 to 7 of the hash, little-endian. */
    public long first() {
        return first;
    }

    /** Bytes 8 to 15 of the hash, little-endian. */
    public long second() {
        return second;
    }
}
