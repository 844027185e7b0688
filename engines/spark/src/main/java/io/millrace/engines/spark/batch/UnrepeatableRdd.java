package io.millrace.engines.spark.batch;

import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.DeterministicLevel$;
import org.apache.spark.rdd.RDD;
import scala.Enumeration;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * Splits of a source that may give other rows when it is read again. Spark must not mix what came of two readings: where rows
 * on their way are lost after some have arrived, it fails the job instead of reading a part of them again.
 */
final class UnrepeatableRdd extends RDD<SplitParcel> {
    private static final long serialVersionUID = 1;

    private final RDD<SplitParcel> splits;

    UnrepeatableRdd(RDD<SplitParcel> splits) {
        super(splits, ClassTag$.MODULE$.apply(SplitParcel.class));
        this.splits = splits;
    }

    @Override
    public Partition[] getPartitions() {
        return splits.partitions();
    }

    @Override
    public Iterator<SplitParcel> compute(Partition partition, TaskContext context) {
        return splits.iterator(partition, context);
    }

    @Override
    public Enumeration.Value getOutputDeterministicLevel() {
        return DeterministicLevel$.MODULE$.INDETERMINATE();
    }
}
