package io.millrace.core.measure;

import java.util.Arrays;

/**
 * How many values fall in each bucket of doubles that agree in sign, exponent and the first seven bits of their fraction,
 * with the least and the greatest value. Counts are whole numbers, so that order and merge tree never show. The middle of a
 * bucket is within 1/256 (0.4 %) of each of its values, below 10^-307 within 10^-310. One thread.
 */
final class LogBuckets {
    private static final int DROPPED_BITS = 52 - 7;
    private static final long INFINITY = SortableDouble.toLong(Double.POSITIVE_INFINITY);
    /** Whole numbers below have a bucket each. */
    private static final int EXACT_BELOW = 256;

    private final boolean whole;

    /** Ascending. */
    private long[] buckets = new long[4];

    private long[] counts = new long[4];
    private int size;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;

    /** @param whole whether all values are whole numbers, of which the small ones are then exact */
    LogBuckets(boolean whole) {
        this.whole = whole;
    }

    void add(double value) {
        long sortable = SortableDouble.toLong(value);
        extend(sortable, sortable);
        add(sortable >> DROPPED_BITS, 1);
    }

    private void extend(long low, long high) {
        least = Math.min(least, low);
        greatest = Math.max(greatest, high);
    }

    private void add(long bucket, long count) {
        int place = Arrays.binarySearch(buckets, 0, size, bucket);
        if (place >= 0) {
            counts[place] += count;
            return;
        }
        int at = -place - 1;
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        buckets[at] = bucket;
        counts[at] = count;
        size++;
    }

    /**
     * About the least value that {@code quantile} of all values do not exceed; exactly the least value for 0 and the
     * greatest for 1.
     */
    double quantile(double quantile) {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        long rank = Math.max((long) Math.ceil(quantile * total), 1);
        int place = 0;
        for (long seen = counts[0]; seen < rank && place < size - 1; seen += counts[place]) {
            place++;
        }
        if (quantile == 0) {
            return SortableDouble.toDouble(least);
        }
        if (quantile == 1) {
            return SortableDouble.toDouble(greatest);
        }
        return SortableDouble.toDouble(Math.max(least, Math.min(greatest, representative(buckets[place]))));
    }

    /** The middle of a bucket; the value that alone is exact where there is one: zero, infinity, a small whole number. */
    private long representative(long bucket) {
        long lower = bucket << DROPPED_BITS;
        // Negative numbers sort backwards by their bits: the one without a fraction is the last of its bucket.
        long roundest = bucket < 0 ? lower | (1L << DROPPED_BITS) - 1 : lower;
        boolean exact = whole && Math.abs(SortableDouble.toDouble(roundest)) < EXACT_BELOW;
        return bucket == 0 || lower >= INFINITY || exact ? roundest : lower + (1L << DROPPED_BITS - 1);
    }

    /** The least and the greatest value, then each bucket and its count. */
    void write(OrderedBytes into) {
        into.appendSigned(least);
        into.appendSigned(greatest);
        for (int i = 0; i < size; i++) {
            into.appendSigned(buckets[i]);
            into.appendSigned(counts[i]);
        }
    }

    void merge(byte[] data, int from, int to) {
        OrderedBytesReader reader = new OrderedBytesReader().over(data, from, to);
        extend(reader.signed(), reader.signed());
        while (reader.hasMore()) {
            add(reader.signed(), reader.signed());
        }
    }

    long bytes() {
        return 56 + 32 + 16L * buckets.length;
    }
}
