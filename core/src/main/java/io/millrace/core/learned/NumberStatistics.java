package io.millrace.core.learned;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a number column. {@code min} to {@code stddev} are of the finite values, and 0 where there are none.
 *
 * @param stddev of the population: the divisor is the number of values
 * @param quantileMethod how the quantiles were found
 * @param quantiles by their share
 * @param bins how many finite values lie between neighbouring edges
 */
public record NumberStatistics(
        long rows,
        long nulls,
        long nan,
        long infinite,
        double min,
        double max,
        double mean,
        double stddev,
        String quantileMethod,
        SortedMap<Double, Double> quantiles,
        Bins bins)
        implements Statistics {
    public NumberStatistics {
        quantiles = Collections.unmodifiableSortedMap(new TreeMap<>(quantiles));
    }

    /** The number of finite values. */
    public long finite() {
        return rows - nulls - nan - infinite;
    }
}
