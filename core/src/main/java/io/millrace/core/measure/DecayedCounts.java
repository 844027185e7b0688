package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.Arrays;

/**
 * Counts that fade with age: each tile's count by half for every half-life of its age. The counts of tiles are kept apart
 * until the end and added from the newest to the oldest, so that the order in which they come never shows. One thread.
 */
final class DecayedCounts {
    private final double halfLife;
    private final int ages;
    private long[] counts = {};

    /**
     * @param halfLife in tiles
     * @param ages how many tiles the window holds; the newest is of age 0
     */
    DecayedCounts(double halfLife, int ages) {
        this.halfLife = halfLife;
        this.ages = ages;
    }

    void grow(int groups) {
        long needed = (long) groups * ages;
        if (needed > Integer.MAX_VALUE - 8) {
            throw GroupTable.tooLarge("more than " + groups + " groups would have to be held at once");
        }
        if (counts.length < needed) {
            counts = Arrays.copyOf(counts, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, counts.length * 2L)));
        }
    }

    /** Takes tiles' counts in by their groups and ages. */
    void merge(int[] groups, int count, Column tileCounts, int[] tileAges) {
        long[] values = ((LongColumn) tileCounts).values();
        for (int row = 0; row < count; row++) {
            counts[groups[row] * ages + tileAges[row]] += values[row];
        }
    }

    /** The sums of the groups from {@code from} to {@code to}. */
    Column finish(int from, int to) {
        double[] weights = new double[ages];
        for (int age = 0; age < ages; age++) {
            weights[age] = StrictMath.pow(0.5, age / halfLife);
        }
        double[] sums = new double[to - from];
        for (int group = from; group < to; group++) {
            double sum = 0;
            for (int age = 0; age < ages; age++) {
                sum += counts[group * ages + age] * weights[age];
            }
            sums[group - from] = sum;
        }
        return DoubleColumn.of(sums.length, NullBitmap.NONE, sums);
    }

    long bytes() {
        return 8L * counts.length;
    }
}
