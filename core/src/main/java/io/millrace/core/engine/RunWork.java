package io.millrace.core.engine;

import io.millrace.api.Counts;
import io.millrace.api.Fence;
import io.millrace.api.LoadRequest;
import io.millrace.api.Split;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.lookup.LookupTally;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopSignal;
import io.millrace.core.step.StagedSteps;
import java.time.Instant;
import java.util.List;

/** A planned run as an engine works it off. Asked by one thread; what it hands out is thread-safe. */
public interface RunWork {
    String runId();

    /** The run's, which decides the bucket of a key. */
    long seed();

    /** When the run's first attempt began. */
    Instant started();

    Job.Options options();

    /** What the source has promised. */
    RunRecord.Pin pin();

    /** True where this process has planned the source; otherwise the splits are an earlier process's. */
    boolean plannedNow();

    StagedSteps steps();

    /** What the target was prepared for. */
    LoadRequest request();

    /** Held by this process. */
    Fence fence();

    /** All splits of a stage, finished ones too, in the order of the plan. */
    List<Split> splits(int stage);

    /** The splits of a stage that are not finished yet. */
    List<RemainingSplit> unfinished(int stage);

    /** The sum of a stage's results so far. */
    Counts counts(int stage);

    PieceRecorder recorder();

    RunFolder folder();

    RunListener listener();

    StopSignal stop();

    /**
     * Takes what workers of other processes have come across, for the report. On the thread that executes, and once.
     *
     * @param notices as those of {@link io.millrace.api.Extractor#notices}
     */
    void heard(List<String> notices, List<LookupTally> lookups);

    /** What workers of this process need for a stage. Those before it must be finished. */
    StageWork stage(int stage);

    /** Says that all splits of a stage are. */
    void finished(int stage);
}
