package io.millrace.engines.spark.batch;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Reads splits and sends their rows to those of their key, followed by the splits' outcomes. */
record ReadToShuffle(TaskRun run) implements PairFlatMapFunction<Iterator<SplitParcel>, Integer, byte[]> {
    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<SplitParcel> splits) {
        TaskContext context = TaskContext.get();
        TaskFolder folder = TaskFolder.of(context);
        TaskRecorder done = new StageTask(run, 0, folder).read(splits);
        return Sending.of(done, folder, Outcomes.NONE, run.markerBuckets().get(1), context.partitionId());
    }
}
