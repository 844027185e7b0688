package io.millrace.core.fit;

/**
 * The population stability index, as credit scoring has it: Σ (now − before) × ln(now / before) over the shares of bins. A
 * share counts as at least {@link #LEAST}, so that an empty bin has a logarithm.
 */
final class StabilityIndex {
    private static final double LEAST = 1e-4;

    private StabilityIndex() {}

    /** Of counts in the same bins; 0 where there were no rows before or are none now. */
    static double of(long[] before, long[] now) {
        long rowsBefore = sum(before);
        long rowsNow = sum(now);
        if (rowsBefore == 0 || rowsNow == 0) {
            return 0;
        }
        double index = 0;
        for (int i = 0; i < before.length; i++) {
            double expected = Math.max(LEAST, (double) before[i] / rowsBefore);
            double actual = Math.max(LEAST, (double) now[i] / rowsNow);
            index += (actual - expected) * StrictMath.log(actual / expected);
        }
        return index;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
