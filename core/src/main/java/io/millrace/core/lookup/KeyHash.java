package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hashes of keys, seeded anew in every process, so that nobody can prepare keys that all fall into one place. An int32 and
 * an int64 of the same number have the same hash.
 */
final class KeyHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private long[] sums = new long[0];
    private int[] hashes = new int[0];

    /** The hashes of the first {@code count} rows' keys; the array is this object's, until the next call. */
    int[] of(Column[] keys, int count) {
        if (sums.length < count) {
            sums = new long[count];
            hashes = new int[count];
        }
        Arrays.fill(sums, 0, count, SEED);
        for (Column key : keys) {
            add(key, count);
        }
        for (int row = 0; row < count; row++) {
            hashes[row] = (int) (sums[row] >>> 32);
        }
        return hashes;
    }

    private void add(Column key, int count) {
        if (key instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int row = 0; row < count; row++) {
                sums[row] = mix(sums[row] ^ values[row]);
            }
        } else if (key instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int row = 0; row < count; row++) {
                sums[row] = mix(sums[row] ^ values[row]);
            }
        } else if (key instanceof BytesColumn text) {
            int[] offsets = text.offsets();
            byte[] data = text.data();
            for (int row = 0; row < count; row++) {
                sums[row] = bytes(sums[row], data, offsets[row], offsets[row + 1]);
            }
        } else if (key instanceof DecimalColumn decimals) {
            for (int row = 0; row < count; row++) {
                long high = decimals.high() == null ? 0 : decimals.high()[row];
                sums[row] = mix(mix(sums[row] ^ high) ^ decimals.low()[row]);
            }
        } else {
            boolean[] values = ((BooleanColumn) key).values();
            for (int row = 0; row < count; row++) {
                sums[row] = mix(sums[row] ^ (values[row] ? 1 : 2));
            }
        }
    }

    private static long bytes(long sum, byte[] data, int from, int to) {
        long hash = sum ^ (to - from);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = Long.rotateLeft((hash ^ (long) LONGS.get(data, at)) * FACTOR, 29);
        }
        long last = 0;
        for (int shift = 0; at < to; at++, shift += 8) {
            last |= (data[at] & 0xffL) << shift;
        }
        return mix(hash ^ last);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 32) * FACTOR;
        z = (z ^ z >>> 29) * 0xbf58476d1ce4e5b9L;
        return z ^ z >>> 32;
    }
}
