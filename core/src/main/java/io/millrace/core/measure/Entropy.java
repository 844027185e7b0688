package io.millrace.core.measure;

import java.util.Arrays;

/** Shannon's entropy of counted values. */
final class Entropy {
    private Entropy() {}

    /**
     * In nats, from 0 where all values are equal to the logarithm of their number where each occurs as often as any other.
     * The terms are added from the rarest value to the most frequent, so that the result depends on the counts alone.
     *
     * @param counts at least one, all positive; sorted afterwards
     */
    static double of(long[] counts) {
        Arrays.sort(counts);
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double entropy = 0;
        for (long count : counts) {
            double share = (double) count / total;
            entropy -= share * StrictMath.log(share);
        }
        // A single value has none; minus zero would be another bit pattern.
        return counts.length == 1 ? 0 : entropy;
    }
}
