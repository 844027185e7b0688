package io.millrace.core.learned;

import java.util.Arrays;

/**
 * Collects finite values for quantiles: all of them up to {@link #EXACT}, in {@link BucketCounts} where there are more. Which
 * of the two depends on their number alone. One thread.
 */
final class QuantileCounter {
    /** The most values whose quantiles are exact. */
    static final int EXACT = 1_000_000;

    private double[] values = new double[1024];
    private int size;
    private BucketCounts buckets;

    void add(double value) {
        if (buckets != null) {
            buckets.add(value);
            return;
        }
        if (size == EXACT) {
            toBuckets();
            buckets.add(value);
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.min(2 * size, EXACT));
        }
        values[size++] = value;
    }

    private void toBuckets() {
        buckets = new BucketCounts();
        for (int i = 0; i < size; i++) {
            buckets.add(values[i]);
        }
        values = null;
        size = 0;
    }

    void merge(QuantileCounter other) {
        if (other.buckets != null) {
            if (buckets == null) {
                toBuckets();
            }
            buckets.merge(other.buckets);
            return;
        }
        for (int i = 0; i < other.size; i++) {
            add(other.values[i]);
        }
    }

    /** The quantiles of at least one value. */
    Quantiles finish(double min, double max) {
        if (buckets != null) {
            return new BucketQuantiles(buckets, min, max);
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return new ExactQuantiles(sorted);
    }
}
