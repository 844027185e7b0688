package io.millrace.engines.spark.batch;

import io.millrace.api.Split;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Shows how far tasks are that read splits: executors say so with each heartbeat. For display only; when a split's outcome is
 * entered, what was shown of it is counted in. Thread-safe.
 */
final class RowProgress extends SparkListener {
    private final RunListener listener;
    private final long accumulator;
    private final List<Split> splits;
    private final Map<Long, Integer> partitions = new HashMap<>();
    private final Map<String, Long> shown = new HashMap<>();
    private final Set<String> entered = new HashSet<>();

    /**
     * @param accumulator the number of that which counts rows
     * @param splits by the partitions that read them; empty where a partition reads several
     */
    RowProgress(RunListener listener, long accumulator, List<Split> splits) {
        this.listener = listener;
        this.accumulator = accumulator;
        this.splits = List.copyOf(splits);
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
        partitions.put(start.taskInfo().taskId(), start.taskInfo().partitionId());
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        partitions.remove(end.taskInfo().taskId());
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
                JavaConverters.seqAsJavaList(update.accumUpdates())) {
            for (AccumulableInfo info : JavaConverters.seqAsJavaList(task._4())) {
                if (info.id() == accumulator
                        && info.update().isDefined()
                        && info.update().get() instanceof Number rows) {
                    show((Long) task._1(), rows.longValue());
                }
            }
        }
    }

    private synchronized void show(long task, long rows) {
        Integer partition = partitions.get(task);
        if (partition == null || partition >= splits.size()) {
            return;
        }
        Split split = splits.get(partition);
        long more = rows - shown.getOrDefault(split.id(), 0L);
        // Of several attempts the one that is furthest is shown.
        if (more > 0 && !entered.contains(split.id())) {
            shown.put(split.id(), rows);
            listener.on(new RunEvent.Progressed(split, more, 0));
        }
    }

    /** How many of a piece's rows have not been shown yet. */
    synchronized long rest(Split split, long rows) {
        entered.add(split.id());
        long before = Math.min(rows, shown.getOrDefault(split.id(), 0L));
        shown.merge(split.id(), -before, Long::sum);
        return rows - before;
    }
}
