package io.millrace.core.learned;

/** Quantiles of values that are all known, by linear interpolation between neighbours (type 7 of Hyndman and Fan). */
record ExactQuantiles(double[] sorted) implements Quantiles {
    @Override
    public String method() {
        return "exact";
    }

    @Override
    public double at(double share) {
        double place = share * (sorted.length - 1);
        int before = (int) place;
        if (before + 1 >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        double rest = place - before;
        // Not low + rest × (high − low), whose difference may leave the range.
        return rest == 0 ? sorted[before] : sorted[before] * (1 - rest) + sorted[before + 1] * rest;
    }

    @Override
    public double edge(double share) {
        return at(share);
    }

    @Override
    public double after(double edge) {
        return Math.nextUp(edge);
    }

    @Override
    public long below(double edge) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < edge) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
