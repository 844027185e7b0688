package io.millrace.core.learned;

import io.millrace.api.data.Column;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.exact.ExactSum;
import io.millrace.core.exact.Rounding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Learns from the finite values of number columns; null, NaN and infinities are counted apart. -0.0 counts as 0.0. */
public final class NumberLearner implements Learner {
    private static final List<Double> SHARES = List.of(0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0);
    private static final int BINS = 10;

    private final NumberReader reader = new NumberReader();
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();
    private final QuantileCounter quantiles = new QuantileCounter();
    /** Null where the edges are to be found. */
    private final double[] givenEdges;

    private final long[] binCounts;
    private long rows;
    private long nulls;
    private long nan;
    private long infinite;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /** Its bins are ten of about equal counts. */
    public NumberLearner() {
        this(null);
    }

    /** Its bins have these edges, so that counts can be compared; null: it finds its own. */
    public NumberLearner(double[] givenEdges) {
        this.givenEdges = givenEdges == null ? null : givenEdges.clone();
        this.binCounts = givenEdges == null ? null : new long[givenEdges.length + 1];
    }

    @Override
    public void add(Column column) {
        int length = column.length();
        double[] values = reader.read(column);
        NullBitmap bitmap = column.nulls();
        boolean anyNull = bitmap.any();
        rows += length;
        for (int row = 0; row < length; row++) {
            if (anyNull && bitmap.isNull(row)) {
                nulls++;
            } else {
                add(values[row]);
            }
        }
    }

    private void add(double given) {
        double value = given + 0.0;
        if (!Double.isFinite(value)) {
            nan += Double.isNaN(value) ? 1 : 0;
            infinite += Double.isNaN(value) ? 0 : 1;
            return;
        }
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum.add(value);
        squares.addSquare(value);
        quantiles.add(value);
        if (givenEdges != null) {
            binCounts[bin(givenEdges, value)]++;
        }
    }

    /** How many of the ascending edges are not above a value. */
    public static int bin(double[] edges, double value) {
        int from = 0;
        int to = edges.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (edges[middle] <= value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    @Override
    public void merge(Learner other) {
        NumberLearner that = (NumberLearner) other;
        rows += that.rows;
        nulls += that.nulls;
        nan += that.nan;
        infinite += that.infinite;
        min = Math.min(min, that.min);
        max = Math.max(max, that.max);
        sum.merge(that.sum);
        squares.merge(that.squares);
        quantiles.merge(that.quantiles);
        for (int i = 0; binCounts != null && i < binCounts.length; i++) {
            binCounts[i] += that.binCounts[i];
        }
    }

    private long finite() {
        return rows - nulls - nan - infinite;
    }

    /** True where no finite value has come. */
    public boolean isEmpty() {
        return finite() == 0;
    }

    /** The quantiles; of at least one finite value. */
    public Quantiles quantiles() {
        return quantiles.finish(min, max);
    }

    @Override
    public NumberStatistics statistics() {
        if (isEmpty()) {
            Bins none = givenEdges == null
                    ? new Bins(List.of(), List.of(0L))
                    : new Bins(boxed(givenEdges), Collections.nCopies(binCounts.length, 0L));
            return new NumberStatistics(rows, nulls, nan, infinite, 0, 0, 0, 0, "none", new TreeMap<>(), none);
        }
        Quantiles found = quantiles();
        SortedMap<Double, Double> shown = new TreeMap<>();
        SHARES.forEach(share -> shown.put(share, found.at(share)));
        return new NumberStatistics(
                rows, nulls, nan, infinite, min, max, mean(), deviation(), found.method(), shown, bins(found));
    }

    private double mean() {
        return Rounding.toDouble(sum.value(), BigInteger.valueOf(finite()), -ExactSum.SCALE);
    }

    /** The square root of (n Σx² − (Σx)²) / n², all of it exact before the root is rounded. */
    private double deviation() {
        BigInteger count = BigInteger.valueOf(finite());
        BigInteger total = sum.value();
        BigInteger scaled = squares.value().multiply(count).shiftLeft(ExactSum.SCALE);
        BigInteger numerator = scaled.subtract(total.multiply(total));
        return Rounding.squareRoot(numerator, count.multiply(count), -2 * ExactSum.SCALE);
    }

    private Bins bins(Quantiles found) {
        if (givenEdges != null) {
            return new Bins(boxed(givenEdges), Arrays.stream(binCounts).boxed().toList());
        }
        List<Double> edges = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (int i = 1; i < BINS; i++) {
            double edge = found.edge((double) i / BINS);
            long below = found.below(edge);
            if (below <= before) {
                // Equal values fill this bin and the ones before: they get a bin of their own.
                edge = found.after(edge);
                below = found.below(edge);
            }
            if (below > before && below < finite()) {
                edges.add(edge);
                counts.add(below - before);
                before = below;
            }
        }
        counts.add(finite() - before);
        return new Bins(edges, counts);
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
