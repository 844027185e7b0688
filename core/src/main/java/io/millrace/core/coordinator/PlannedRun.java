package io.millrace.core.coordinator;

import io.millrace.api.Counts;
import io.millrace.api.Fence;
import io.millrace.api.LoadRequest;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.core.engine.ErrorRate;
import io.millrace.core.engine.PieceRecorder;
import io.millrace.core.engine.RunWork;
import io.millrace.core.engine.StageWork;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.lookup.LookupTally;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopSignal;
import io.millrace.core.step.StagedSteps;
import java.time.Instant;
import java.util.List;

/** What the engine is given of a run: its stages, and what the ledger says of them. */
final class PlannedRun implements RunWork {
    private final RunScope scope;
    private final Ledger ledger;
    private final RunRecord run;
    private final RunStages stages;
    private final Source source;
    private final Fence fence;

    /** @param planned whether this attempt has planned it */
    record Source(RunRecord.Pin pin, boolean planned) {}

    PlannedRun(RunScope scope, RunRecord run, RunStages stages, Source source, Fence fence) {
        this.scope = scope;
        this.ledger = scope.ledger();
        this.run = run;
        this.stages = stages;
        this.source = source;
        this.fence = fence;
    }

    int splitsSkipped() {
        return ledger.splitCount(run.id(), 0) - unfinished(0).size();
    }

    /** Says what there is to do. */
    void announce() {
        List<Split> splits = unfinished(0).stream().map(RemainingSplit::split).toList();
        scope.listener()
                .on(new RunEvent.Planned(
                        splits,
                        splitsSkipped(),
                        ledger.counts(run.id()).rows().extracted(),
                        List.copyOf(scope.warnings())));
    }

    @Override
    public String runId() {
        return run.id();
    }

    @Override
    public long seed() {
        return run.seed();
    }

    @Override
    public Instant started() {
        return run.started();
    }

    @Override
    public Job.Options options() {
        return scope.job().options();
    }

    @Override
    public RunRecord.Pin pin() {
        return source.pin();
    }

    @Override
    public boolean plannedNow() {
        return source.planned();
    }

    @Override
    public StagedSteps steps() {
        return stages.steps();
    }

    @Override
    public LoadRequest request() {
        return scope.request(run, stages.output());
    }

    @Override
    public Fence fence() {
        return fence;
    }

    @Override
    public List<Split> splits(int stage) {
        return ledger.splits(run.id(), stage);
    }

    @Override
    public List<RemainingSplit> unfinished(int stage) {
        return ledger.unfinished(run.id(), stage);
    }

    @Override
    public Counts counts(int stage) {
        return ledger.results(run.id(), stage).stream().map(PieceResult::counts).reduce(Counts.ZERO, Counts::plus);
    }

    @Override
    public PieceRecorder recorder() {
        return new LedgerRecorder(ledger, scope.lease(), run.id());
    }

    @Override
    public RunFolder folder() {
        return scope.folder(run);
    }

    @Override
    public RunListener listener() {
        return scope.listener();
    }

    @Override
    public void heard(List<String> notices, List<LookupTally> lookups) {
        scope.warnings().addAll(notices);
        scope.artifacts().add(lookups);
    }

    @Override
    public StopSignal stop() {
        return scope.stop();
    }

    @Override
    public StageWork stage(int stage) {
        return new StageWork(
                run.id(),
                options(),
                stages.input(stage, scope.extractor()),
                stages.steps().of(stage),
                stages.output(stage, scope.loader()),
                RunScope.lineage(run),
                fence,
                stages.claims(stage),
                new ErrorRate(options().maxErrorRate(), counts(stage)),
                recorder(),
                folder(),
                stage == 0 ? listener() : new LaterStageListener(listener()),
                stop());
    }

    @Override
    public void finished(int stage) {
        stages.dropInput(stage);
    }
}
