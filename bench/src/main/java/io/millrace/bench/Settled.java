package io.millrace.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The median and the range of several measurements. */
record Settled(double median, double lowest, double highest) {
    static Settled of(List<Measurement> measurements, ToDoubleFunction<Measurement> part) {
        return of(measurements.stream().mapToDouble(part));
    }

    static Settled of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Settled(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** As in {@code 4.23 (4.20–4.31)}. */
    String text(int decimals) {
        String format = "%." + decimals + "f";
        return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median, lowest, highest);
    }
}
