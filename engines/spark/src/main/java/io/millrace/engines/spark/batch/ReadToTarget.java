package io.millrace.engines.spark.batch;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Reads splits and writes them to the target; gives the outcomes. */
record ReadToTarget(TaskRun run) implements FlatMapFunction<Iterator<SplitParcel>, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<SplitParcel> splits) {
        StageTask task = new StageTask(run, 0, TaskFolder.of(TaskContext.get()));
        return task.read(splits).outcomes().stream().map(Outcome::toBytes).iterator();
    }
}
