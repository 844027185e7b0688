package io.millrace.core.learned;

/** Quantiles from counts in buckets: the middle of the bucket, at most 0.1 % away from a value of that rank. */
record BucketQuantiles(BucketCounts buckets, double min, double max) implements Quantiles {
    @Override
    public String method() {
        return "log buckets, within 0.1 %";
    }

    @Override
    public double at(double share) {
        if (share == 0 || share == 1) {
            return share == 0 ? min : max;
        }
        return Math.min(Math.max(BucketCounts.middle(bucket(share)), min), max);
    }

    @Override
    public double edge(double share) {
        return BucketCounts.least(bucket(share));
    }

    @Override
    public double after(double edge) {
        return BucketCounts.leastAfter(edge);
    }

    @Override
    public long below(double edge) {
        return buckets.countBelow(edge);
    }

    private int bucket(double share) {
        return buckets.bucketOfRank((long) (share * (buckets.count() - 1)));
    }
}
