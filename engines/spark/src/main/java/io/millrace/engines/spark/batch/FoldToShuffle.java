package io.millrace.engines.spark.batch;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Folds a bucket and sends what comes out of it to those of the next key. */
record FoldToShuffle(TaskRun run, int stage, SplitParcel[] buckets)
        implements PairFlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, Integer, byte[]> {
    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Tuple2<Integer, byte[]>> parcels) {
        TaskContext context = TaskContext.get();
        TaskFolder folder = TaskFolder.of(context);
        Received received = Received.of(parcels, folder, stage);
        TaskRecorder done = new StageTask(run, stage, folder).fold(buckets[context.partitionId()], received.rows());
        return Sending.of(done, folder, received.outcomes(), run.markerBuckets().get(stage + 1), context.partitionId());
    }
}
