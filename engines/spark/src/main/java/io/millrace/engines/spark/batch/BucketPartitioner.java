package io.millrace.engines.spark.batch;

import org.apache.spark.Partitioner;

/** Each bucket is a partition: who makes the records has chosen it by the hash of their rows' key. */
final class BucketPartitioner extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int buckets;

    BucketPartitioner(int buckets) {
        this.buckets = buckets;
    }

    @Override
    public int numPartitions() {
        return buckets;
    }

    @Override
    public int getPartition(Object bucket) {
        return (Integer) bucket;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketPartitioner same && same.buckets == buckets;
    }

    @Override
    public int hashCode() {
        return buckets;
    }
}
