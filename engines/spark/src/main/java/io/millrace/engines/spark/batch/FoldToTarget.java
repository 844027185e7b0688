package io.millrace.engines.spark.batch;

import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** Folds a bucket and writes what comes out of it to the target; gives the outcomes, those that came with the rows first. */
record FoldToTarget(TaskRun run, SplitParcel[] buckets)
        implements FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<Tuple2<Integer, byte[]>> parcels) {
        TaskContext context = TaskContext.get();
        TaskFolder folder = TaskFolder.of(context);
        Received received = Received.of(parcels, folder, run.last());
        TaskRecorder done =
                new StageTask(run, run.last(), folder).fold(buckets[context.partitionId()], received.rows());
        return Stream.concat(
                        received.outcomes().encoded().stream(),
                        done.outcomes().stream().map(Outcome::toBytes))
                .iterator();
    }
}
