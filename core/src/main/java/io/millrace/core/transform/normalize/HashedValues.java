package io.millrace.core.transform.normalize;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.core.key.XxHash64;

/**
 * Hashes values by XXH64 of their text in UTF-8; whole numbers by their decimal digits, so that 42 and "42" are the same. One
 * thread.
 */
final class HashedValues {
    private static final int LONGEST = 20;

    private final long seed;
    private final byte[] digits = new byte[LONGEST];
    private byte[] data;
    private int[] offsets;
    private long[] longs;
    private int[] ints;

    HashedValues(long seed) {
        this.seed = seed;
    }

    void begin(Column values) {
        data = values instanceof BytesColumn bytes ? bytes.data() : null;
        offsets = values instanceof BytesColumn bytes ? bytes.offsets() : null;
        longs = values instanceof LongColumn wide ? wide.values() : null;
        ints = values instanceof IntColumn narrow ? narrow.values() : null;
    }

    /** A number from 0 to {@code buckets - 1}: the rest of the unsigned hash. */
    int bucket(int row, int buckets) {
        long hash = data != null
                ? XxHash64.hash(data, offsets[row], offsets[row + 1], seed)
                : hash(longs != null ? longs[row] : ints[row]);
        return (int) Long.remainderUnsigned(hash, buckets);
    }

    private long hash(long value) {
        int at = LONGEST;
        // Negative rests, since the least long has no positive counterpart.
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + Math.abs((int) (rest % 10)));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            digits[--at] = '-';
        }
        return XxHash64.hash(digits, at, LONGEST, seed);
    }
}
