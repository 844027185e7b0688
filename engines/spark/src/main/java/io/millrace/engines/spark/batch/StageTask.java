package io.millrace.engines.spark.batch;

import io.millrace.api.BatchReader;
import io.millrace.api.Counts;
import io.millrace.api.Fence;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.core.engine.ErrorRate;
import io.millrace.core.engine.SplitWorker;
import io.millrace.core.engine.StageInput;
import io.millrace.core.engine.StageOutput;
import io.millrace.core.engine.StageWork;
import io.millrace.core.exchange.Exchange;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunListener;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** Works off splits of one stage within a task, as the local engine's workers do. */
final class StageTask {
    /** The part of the heap that all folds at work in a process may fill. */
    private static final int HEAP_SHARE = 4;
    /** Attempts at a piece that one attempt at a task may make, so that no two have one number. */
    private static final int ATTEMPTS = 1000;
    /** Rows that wait for others are handed on when the split has been read. */
    private static final Duration NEVER = Duration.ofDays(365);
    /** Whether too many rows are rejected the driver decides, who sees all pieces. */
    private static final double ANY_RATE = 1e9;

    private final TaskRun run;
    private final int stage;
    private final TaskFolder folder;
    private final TaskContext task = TaskContext.get();

    StageTask(TaskRun run, int stage, TaskFolder folder) {
        this.run = run;
        this.stage = stage;
        this.folder = folder;
    }

    /** Reads splits of the source. */
    TaskRecorder read(Iterator<SplitParcel> splits) {
        return work(splits, Optional.empty());
    }

    /**
     * Folds a bucket.
     *
     * @param file what has come for it
     */
    TaskRecorder fold(SplitParcel bucket, Staged file) {
        return work(List.of(bucket).iterator(), Optional.of(file));
    }

    private TaskRecorder work(Iterator<SplitParcel> splits, Optional<Staged> bucket) {
        RunFolder files = run.files().runFolder(folder.path(), run.runId());
        TaskRecorder recorder =
                new TaskRecorder(stage, stage < run.last(), !run.files().keepsRejects(), files);
        try (TaskSite site = new TaskSite(run, files)) {
            StageInput input = bucket.map(file -> bucketInput(site, file)).orElseGet(site::source);
            SplitWorker worker = new SplitWorker(
                    stageWork(site, input, recorder, files), Math.toIntExact(task.taskAttemptId() * ATTEMPTS));
            splits.forEachRemaining(split -> {
                RemainingSplit remaining = split.open();
                worker.complete(remaining);
            });
            recorder.note(site.notes());
            return recorder;
        } catch (RuntimeException failed) {
            throw TaskFailure.travelling(failed);
        }
    }

    private StageWork stageWork(TaskSite site, StageInput input, TaskRecorder recorder, RunFolder files) {
        Job.Options options = site.options();
        boolean last = stage == run.last();
        StageOutput output = last
                ? new StageOutput.ToTarget(site.target())
                : new StageOutput.ToExchange(
                        exchange(site, stage + 1),
                        site.steps().cutBefore(stage + 1),
                        run.buckets().get(stage + 1));
        return new StageWork(
                run.runId(),
                last ? options : withoutCheckpoints(options),
                input,
                site.steps().of(stage),
                output,
                run.lineage(),
                new Fence(run.epoch()),
                List.of(),
                new ErrorRate(ANY_RATE, Counts.ZERO),
                recorder,
                files,
                stage == 0 ? this::progressed : RunListener.NONE,
                new TaskStop(task));
    }

    /** For whoever watches; what counts comes with the outcomes. */
    private void progressed(RunEvent event) {
        if (event instanceof RunEvent.Progressed progress) {
            run.rows().add(progress.rows());
        } else if (event instanceof RunEvent.Retrying retry) {
            run.rows().add(-retry.rowsTakenBack());
        }
    }

    private static Job.Options withoutCheckpoints(Job.Options options) {
        return new Job.Options(
                options.parallelism(),
                options.batchRows(),
                options.maxErrorRate(),
                options.retry(),
                NEVER,
                options.rejects());
    }

    private Exchange exchange(TaskSite site, int before) {
        return new Exchange(folder.path(), before, site.steps().keyedBefore(before), run.seed(), false);
    }

    private StageInput bucketInput(TaskSite site, Staged file) {
        Exchange exchange = exchange(site, stage);
        String label = site.steps().cutBefore(stage);
        return new StageInput() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
                return exchange.open(
                        split, run.buckets().get(stage), file, site.options().batchRows(), foldMemory(), rejects);
            }
        };
    }

    /** Tasks of a process share its heap. */
    private static long foldMemory() {
        SparkConf conf = SparkEnv.get().conf();
        int cores = conf.getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
        return Runtime.getRuntime().maxMemory() / HEAP_SHARE / Math.max(1, cores);
    }
}
