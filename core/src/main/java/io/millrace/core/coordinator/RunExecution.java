package io.millrace.core.coordinator;

import io.millrace.api.CommitId;
import io.millrace.api.DirectLoader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.core.engine.ErrorRate;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunCounts;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.run.RunEvent;
import io.millrace.core.step.RunChecks;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.check.CheckOutcome;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans a run, has the engine work it off, judges it and commits. One thread. */
final class RunExecution {
    private final RunScope scope;
    private final Ledger ledger;
    private final Loader loader;
    private List<CheckOutcome> checks = List.of();
    private int splitsSkipped;

    RunExecution(RunScope scope) {
        this.scope = scope;
        this.ledger = scope.ledger();
        this.loader = scope.loader();
    }

    /** What came of the rules of checking steps; empty where the run did not come so far. */
    List<CheckOutcome> checks() {
        return checks;
    }

    /** How many of the source's splits were finished before. */
    int splitsSkipped() {
        return splitsSkipped;
    }

    /** @param pin of an earlier plan, under whose bound what is unfinished is planned anew */
    void planAndWork(RunRecord run, StepChain checked, Optional<String> pin) {
        scope.artifacts().prepare(ledger, scope.lease(), run, scope.folder(run), scope.stop());
        // Bound to what was read, which need not be what was there when the job was checked.
        StepChain steps = StepChain.resolve(
                scope.steps(), checked.source(), scope.artifacts().context(run.started()));
        Fence fence = scope.prepare(run, steps.output());
        Plan plan = scope.extractor()
                .plan(new ExtractRequest(
                        scope.key().window(),
                        run.position(),
                        pin,
                        scope.job().options().batchRows()));
        scope.warnings().addAll(plan.warnings());
        RunRecord.Pin planned =
                new RunRecord.Pin(plan.pin(), plan.repeatability(), plan.nextPosition(), steps.output());
        ledger.planned(scope.lease(), run.id(), planned, plan::splits);
        Failpoint.AFTER_PLAN.reached();
        RunStages stages = scope.stages(run, steps);
        refuseGaps(plan, stages);
        work(run, stages, new PlannedRun.Source(planned, true), fence);
    }

    /** Works off what an earlier plan has left, as it was planned. */
    void goOn(RunRecord run, RunStages stages) {
        Fence fence = scope.prepare(run, stages.output());
        work(run, stages, new PlannedRun.Source(run.pin().orElseThrow(), false), fence);
    }

    private void refuseGaps(Plan plan, RunStages stages) {
        boolean claimsOfTarget = stages.last() == 0 && stages.claims();
        if (plan.repeatability() == Repeatability.ONCE && loader instanceof DirectLoader && claimsOfTarget) {
            throw MillraceException.user("deduplicate and unique checks cannot be used from "
                    + scope.extractor().describe() + " to " + loader.describe()
                    + ": a source that may deliver other rows when it is read again would leave gaps"
                    + " where a piece is repeated; load into files first, or use mode upsert without deduplicate");
        }
    }

    private void work(RunRecord run, RunStages stages, PlannedRun.Source source, Fence fence) {
        stages.plan(scope.lease(), scope.engine().parallelism(scope.job().options()));
        stages.describe(scope.lease());
        PlannedRun planned = new PlannedRun(scope, run, stages, source, fence);
        splitsSkipped = planned.splitsSkipped();
        planned.announce();
        scope.engine().execute(planned);
        scope.warnings().addAll(scope.artifacts().warnings());
        checkRejects(run);
        judgeChecks(run);
        commit(run, fence);
    }

    private void checkRejects(RunRecord run) {
        RunCounts counts = ledger.counts(run.id());
        double max = scope.job().options().maxErrorRate();
        ErrorRate.checkFinal(counts.rows(), max);
        counts.groups().ifPresent(groups -> ErrorRate.checkFinal(groups, max));
    }

    private void judgeChecks(RunRecord run) {
        checks = checks(run);
        scope.warnings().addAll(RunChecks.warnings(checks));
        RunChecks.require(
                checks,
                loader.describe(),
                loader instanceof DirectLoader ? ledger.counts(run.id()).inTarget() : 0);
    }

    private List<CheckOutcome> checks(RunRecord run) {
        Instant end = scope.asOf(run);
        return RunChecks.judge(
                scope.job().steps(), ledger.results(run.id()), end.isBefore(run.started()) ? end : run.started());
    }

    /** The decision is in the ledger; only the target's part of it may be missing. */
    void rollForward(RunRecord run) {
        Failpoint.DURING_RESUME.reached();
        splitsSkipped = ledger.splitCount(run.id(), 0);
        ledger.fetchFiles(run);
        if (scope.job().definition().equals(run.definition())) {
            checks = checks(run);
        }
        commit(run, scope.prepare(run, run.pin().orElseThrow().schema()));
    }

    private void commit(RunRecord run, Fence fence) {
        CommitId id = new CommitId(RunScope.lineage(run), run.id(), 1, fence);
        if (loader instanceof StagingLoader staging) {
            commit(run, id, staging, ledger.results(run.id(), ledger.lastStage(run.id())));
        } else if (loader instanceof DirectLoader direct) {
            scope.warnings().addAll(direct.complete(id));
        }
        tidy(run, ledger.results(run.id()));
        ledger.changeState(scope.lease(), run.id(), RunState.DONE, Optional.empty());
    }

    private void commit(RunRecord run, CommitId id, StagingLoader staging, List<PieceResult> results) {
        List<Staged> pieces =
                results.stream().flatMap(result -> result.data().stream()).toList();
        scope.stop().check();
        ledger.changeState(scope.lease(), run.id(), RunState.COMMITTING, Optional.empty());
        scope.listener().on(new RunEvent.Committing(pieces.size()));
        Failpoint.BEFORE_COMMIT.reached();
        staging.commit(id, pieces);
        Failpoint.AFTER_COMMIT.reached();
    }

    private void tidy(RunRecord run, List<PieceResult> results) {
        // Each by itself: what cannot be removed in one place is no reason to leave the other's.
        warnIfLeft(() -> scope.dropStaged(run));
        warnIfLeft(() -> scope.folder(run).tidy(results));
    }

    private void warnIfLeft(Runnable removal) {
        try {
            removal.run();
        } catch (MillraceException | UncheckedIOException leftBehind) {
            scope.warnings().add("what the run no longer needs could not be removed: " + leftBehind.getMessage());
        }
    }
}
