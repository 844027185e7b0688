package io.millrace.core.coordinator;

import io.millrace.api.CommitId;
import io.millrace.api.Counts;
import io.millrace.api.DirectLoader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import io.millrace.core.engine.ErrorRate;
import io.millrace.core.engine.RunWork;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.ledger.ResultJson;
import io.millrace.core.ledger.RunCounts;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.RunReport;
import io.millrace.core.step.RunChecks;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.check.CheckOutcome;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** One process's attempt at a run, from the decision to the report. One thread; one use. */
final class RunAttempt {
    private final Ledger ledger;
    private final Runner runner;
    private final Job job;
    private final RunKey key;
    private final Extractor extractor;
    private final Loader loader;
    private final Lease lease;
    private final Instant started;
    private final List<String> warnings = new ArrayList<>();
    private final RunArtifacts artifacts;
    private List<CheckOutcome> checks = List.of();
    private int splitsSkipped;

    RunAttempt(Runner runner, Job job, RunKey key, Extractor extractor, Loader loader, Lease lease, Instant started) {
        this.runner = runner;
        this.ledger = runner.ledger();
        this.job = job;
        this.key = key;
        this.extractor = extractor;
        this.loader = loader;
        this.lease = lease;
        this.started = started;
        this.artifacts = new RunArtifacts(job.steps());
    }

    RunReport perform(RunDecision decision) {
        if (decision instanceof RunDecision.Resume resume && resume.run().state() == RunState.COMMITTING) {
            announce(resume.run(), true, resume.why());
            return finish(resume.run(), () -> rollForward(resume.run()));
        }
        if (decision instanceof RunDecision.Resume resume) {
            resume.run().pin().ifPresent(pin -> extractor.resume(pin.text()));
            artifacts.recall(ledger, resume.run(), folder(resume.run()));
        }
        // What is wrong with the job is found before anything is written.
        StepChain steps = StepChain.resolve(job.steps(), extractor.schema(), artifacts.context(started));
        loader.validate(steps.output());
        WindowRules.check(key.window(), extractor, loader, steps);
        WindowRules.checkWhole(key.window(), key.increment(), loader);
        if (decision instanceof RunDecision.Resume resume) {
            return resume(resume, steps);
        }
        if (decision instanceof RunDecision.Discard discard) {
            discard(discard.run(), steps.output(), discard.why());
        }
        return begin(steps, decision.position(), decision.why());
    }

    private RunReport begin(StepChain steps, Optional<String> position, String why) {
        finishDiscarding();
        RunRecord run = new RunRecord(
                RunId.of(started),
                key,
                RunState.RUNNING,
                job.definition(),
                job.file(),
                job.overrides(),
                loader.mode(),
                extractor.describe(),
                loader.describe(),
                job.options().rejects(),
                ThreadLocalRandom.current().nextLong(),
                position,
                Optional.empty(),
                started,
                Optional.empty(),
                Optional.empty());
        ledger.begin(lease, run);
        announce(run, false, why);
        return finish(run, () -> planAndWork(run, steps, Optional.empty()));
    }

    private RunReport resume(RunDecision.Resume resume, StepChain planned) {
        RunRecord run = resume.run();
        // Steps that look at the run's start see the first attempt's.
        StepChain steps = StepChain.resolve(job.steps(), planned.source(), artifacts.context(run.started()));
        adoptCommitted(run, steps);
        ledger.fetchFiles(run);
        RunStages stages = stages(run, steps);
        Verdict verdict = judge(run, steps, stages);
        if (verdict.state == PinState.RESTART && !ledger.results(run.id()).isEmpty()) {
            refuseToLeaveCommitted(run, verdict);
            String why = "run " + run.id() + " cannot be resumed: " + verdict.why
                    + "; what it had staged is dropped, and everything is read again";
            discard(run, steps.output(), why);
            return begin(steps, run.position(), why);
        }
        ledger.changeState(lease, run.id(), RunState.RUNNING, Optional.empty());
        announce(run, true, resume.why());
        return finish(run, () -> {
            switch (verdict.state) {
                case VALID, SUBSET -> work(run, stages, prepare(run, steps.output()));
                case REPLAN_UNFINISHED -> planAndWork(run, steps, run.pin().map(RunRecord.Pin::text));
                case RESTART -> planAndWork(run, steps, Optional.empty());
            }
        });
    }

    /** A crash may have come between a piece's commit in the target and its entry in the ledger. */
    private void adoptCommitted(RunRecord run, StepChain steps) {
        if (!(loader instanceof DirectLoader direct) || run.pin().isEmpty()) {
            return;
        }
        Fence fence = prepare(run, steps.output());
        ledger.changeState(lease, run.id(), RunState.RUNNING, Optional.empty());
        for (RemainingSplit begun :
                ledger.unfinished(run.id(), stages(run, steps).last())) {
            Optional<RemainingSplit> next = Optional.of(begun);
            while (next.isPresent()) {
                RemainingSplit piece = next.get();
                WriteTask task = new WriteTask(lineage(run), run.id(), piece.nextPiece(), 0, fence);
                next = direct.find(task).map(ResultJson::ofNote).flatMap(result -> {
                    ledger.staged(lease, run.id(), piece.split().id(), result);
                    return result.resumePoint()
                            .map(point -> new RemainingSplit(piece.split(), piece.pieces() + 1, Optional.of(point)));
                });
            }
        }
    }

    private void refuseToLeaveCommitted(RunRecord run, Verdict verdict) {
        if (loader instanceof DirectLoader
                && loader.mode() == WriteMode.APPEND
                && ledger.counts(run.id()).inTarget() > 0) {
            ledger.changeState(lease, run.id(), RunState.FAILED, Optional.of(verdict.why));
            throw MillraceException.user(String.format(
                    Locale.ROOT,
                    "run %s cannot be resumed: %s. It has already appended %,d rows to %s piece by piece, and reading"
                            + " everything again would double them. Ways out: remove those rows and add --restart; add"
                            + " --restart alone to append everything knowingly; or use mode upsert, overwrite or"
                            + " replace_window, which may be repeated",
                    run.id(),
                    verdict.why,
                    ledger.counts(run.id()).inTarget(),
                    loader.describe()));
        }
    }

    /** Whether finished pieces may be combined with what would be read now. */
    private record Verdict(PinState state, String why) {}

    private Verdict judge(RunRecord run, StepChain steps, RunStages stages) {
        Failpoint.DURING_RESUME.reached();
        if (run.pin().isEmpty()) {
            return new Verdict(PinState.RESTART, "it had not been planned yet");
        }
        RunRecord.Pin pin = run.pin().get();
        if (!pin.schema().equals(steps.output())) {
            return new Verdict(
                    PinState.RESTART, "the columns have changed from " + pin.schema() + " to " + steps.output());
        }
        try {
            artifacts.requireAll(folder(run));
            stages.check();
        } catch (MillraceException damaged) {
            if (damaged.kind() != ErrorKind.STALE) {
                throw damaged;
            }
            return new Verdict(PinState.RESTART, damaged.getMessage());
        }
        if (stages.sourceIsRead()) {
            return new Verdict(PinState.VALID, "the source has been read to its end");
        }
        PinState state = extractor.check(pin.text());
        if (state == PinState.SUBSET && steps.comparesRows()) {
            // A finished piece may have dropped a row in favour of one that has changed since and would not come.
            return new Verdict(
                    PinState.RESTART, "rows may have changed since it was planned, and others were compared with them");
        }
        return new Verdict(state, "the source has changed since it was planned");
    }

    private RunStages stages(RunRecord run, StepChain steps) {
        return new RunStages(run, steps, job.options(), ledger, folder(run));
    }

    private void planAndWork(RunRecord run, StepChain checked, Optional<String> pin) {
        artifacts.prepare(ledger, lease, run, folder(run), runner.stop());
        // Bound to what was read, which need not be what was there when the job was checked.
        StepChain steps = StepChain.resolve(job.steps(), checked.source(), artifacts.context(run.started()));
        Fence fence = prepare(run, steps.output());
        Plan plan = extractor.plan(new ExtractRequest(
                key.window(), run.position(), pin, job.options().batchRows()));
        warnings.addAll(plan.warnings());
        ledger.planned(
                lease,
                run.id(),
                new RunRecord.Pin(plan.pin(), plan.repeatability(), plan.nextPosition(), steps.output()),
                plan::splits);
        Failpoint.AFTER_PLAN.reached();
        RunStages stages = stages(run, steps);
        refuseGaps(plan, stages);
        work(run, stages, fence);
    }

    private void refuseGaps(Plan plan, RunStages stages) {
        boolean claimsOfTarget =
                stages.last() == 0 && !stages.steps(0).newClaimTables(0).isEmpty();
        if (plan.repeatability() == Repeatability.ONCE && loader instanceof DirectLoader && claimsOfTarget) {
            throw MillraceException.user(
                    "deduplicate and unique checks cannot be used from " + extractor.describe() + " to "
                            + loader.describe()
                            + ": a source that may deliver other rows when it is read again would leave gaps"
                            + " where a piece is repeated; load into files first, or use mode upsert without deduplicate");
        }
    }

    private void work(RunRecord run, RunStages stages, Fence fence) {
        stages.plan(lease);
        stages.describe(lease);
        for (int stage = 0; stage <= stages.last(); stage++) {
            workOff(run, stages, stage, fence);
            stages.dropInput(stage);
        }
        warnings.addAll(artifacts.warnings());
        checkRejects(run);
        judgeChecks(run);
        commit(run, fence);
    }

    private void workOff(RunRecord run, RunStages stages, int stage, Fence fence) {
        List<RemainingSplit> splits = ledger.unfinished(run.id(), stage);
        announceStage(run, stages, stage, splits);
        if (splits.isEmpty()) {
            return;
        }
        Counts before = ledger.results(run.id(), stage).stream()
                .map(PieceResult::counts)
                .reduce(Counts.ZERO, Counts::plus);
        runner.engine()
                .execute(new RunWork(
                        run.id(),
                        job.options(),
                        stages.input(stage, extractor),
                        stages.steps(stage),
                        stages.output(stage, loader),
                        lineage(run),
                        fence,
                        splits,
                        stages.claims(stage),
                        new ErrorRate(job.options().maxErrorRate(), before),
                        ledger,
                        lease,
                        folder(run),
                        stage == 0 ? runner.listener() : new LaterStageListener(runner.listener()),
                        runner.stop()));
    }

    private void announceStage(RunRecord run, RunStages stages, int stage, List<RemainingSplit> splits) {
        if (stage > 0) {
            runner.listener().on(new RunEvent.Exchanging(stages.cutBefore(stage), splits.size()));
            return;
        }
        splitsSkipped = ledger.splitCount(run.id(), 0) - splits.size();
        runner.listener()
                .on(new RunEvent.Planned(
                        splits.stream().map(RemainingSplit::split).toList(),
                        splitsSkipped,
                        ledger.counts(run.id()).rows().extracted(),
                        List.copyOf(warnings)));
    }

    private void checkRejects(RunRecord run) {
        RunCounts counts = ledger.counts(run.id());
        ErrorRate.checkFinal(counts.rows(), job.options().maxErrorRate());
        counts.groups()
                .ifPresent(groups -> ErrorRate.checkFinal(groups, job.options().maxErrorRate()));
    }

    private void judgeChecks(RunRecord run) {
        checks = checks(run);
        warnings.addAll(RunChecks.warnings(checks));
        RunChecks.require(
                checks,
                loader.describe(),
                loader instanceof DirectLoader ? ledger.counts(run.id()).inTarget() : 0);
    }

    private List<CheckOutcome> checks(RunRecord run) {
        Instant end = asOf(run);
        return RunChecks.judge(
                job.steps(), ledger.results(run.id()), end.isBefore(run.started()) ? end : run.started());
    }

    /** The decision is in the ledger; only the target's part of it may be missing. */
    private void rollForward(RunRecord run) {
        Failpoint.DURING_RESUME.reached();
        splitsSkipped = ledger.splitCount(run.id(), 0);
        ledger.fetchFiles(run);
        if (job.definition().equals(run.definition())) {
            checks = checks(run);
        }
        commit(run, prepare(run, run.pin().orElseThrow().schema()));
    }

    private void commit(RunRecord run, Fence fence) {
        if (loader instanceof StagingLoader staging) {
            commit(run, fence, staging, ledger.results(run.id(), ledger.lastStage(run.id())));
        } else if (loader instanceof DirectLoader direct) {
            warnings.addAll(direct.complete(new CommitId(lineage(run), run.id(), 1, fence)));
        }
        tidy(run, ledger.results(run.id()));
        ledger.changeState(lease, run.id(), RunState.DONE, Optional.empty());
    }

    private void commit(RunRecord run, Fence fence, StagingLoader staging, List<PieceResult> results) {
        List<Staged> pieces =
                results.stream().flatMap(result -> result.data().stream()).toList();
        runner.stop().check();
        ledger.changeState(lease, run.id(), RunState.COMMITTING, Optional.empty());
        runner.listener().on(new RunEvent.Committing(pieces.size()));
        Failpoint.BEFORE_COMMIT.reached();
        staging.commit(new CommitId(lineage(run), run.id(), 1, fence), pieces);
        Failpoint.AFTER_COMMIT.reached();
    }

    private void tidy(RunRecord run, List<PieceResult> results) {
        // Each by itself: what cannot be removed in one place is no reason to leave the other's.
        warnIfLeft(() -> dropStaged(run));
        warnIfLeft(() -> folder(run).tidy(results));
    }

    private void warnIfLeft(Work removal) {
        try {
            removal.perform();
        } catch (MillraceException | UncheckedIOException leftBehind) {
            warnings.add("what the run no longer needs could not be removed: " + leftBehind.getMessage());
        }
    }

    private void discard(RunRecord run, Schema output, String why) {
        // The fence first: whoever still works on it can no longer hand anything in.
        prepare(run, output);
        ledger.changeState(lease, run.id(), RunState.DISCARDED, Optional.of(why));
        removeAllOf(run);
    }

    /** A crash may have come between the decision to discard a run and the removal of what it had staged. */
    private void finishDiscarding() {
        ledger.runs(Optional.of(key.pipeline()), Set.of(RunState.DISCARDED), Integer.MAX_VALUE).stream()
                .filter(run -> run.key().equals(key))
                .forEach(this::removeAllOf);
    }

    private void removeAllOf(RunRecord run) {
        dropStaged(run);
        folder(run).delete();
    }

    private void dropStaged(RunRecord run) {
        if (loader instanceof StagingLoader staging) {
            staging.cleanup(lineage(run), List.of());
        }
    }

    private Fence prepare(RunRecord run, Schema output) {
        return loader.prepare(new LoadRequest(output, lineage(run), key.window(), asOf(run)));
    }

    /** Equal for every attempt at the run. */
    private Instant asOf(RunRecord run) {
        return key.window().flatMap(TimeWindow::end).orElse(run.started());
    }

    private interface Work {
        void perform();
    }

    private RunReport finish(RunRecord run, Work work) {
        try {
            work.perform();
            return report(run, RunReport.Status.SUCCESS, Optional.empty());
        } catch (RuntimeException | Error failed) {
            return failed(run, failed);
        }
    }

    private RunReport failed(RunRecord run, Throwable failure) {
        ErrorKind kind = MillraceException.kindOf(failure);
        String message = failure instanceof MillraceException ? failure.getMessage() : failure.toString();
        RunState state = kind == ErrorKind.STOPPED ? RunState.STOPPED : RunState.FAILED;
        try {
            boolean committing = ledger.run(run.id()).orElseThrow().state() == RunState.COMMITTING;
            ledger.changeState(lease, run.id(), committing ? RunState.COMMITTING : state, Optional.of(message));
        } catch (MillraceException alsoFailed) {
            // The first failure is what the user has to know; a run left as RUNNING is resumed just the same.
            failure.addSuppressed(alsoFailed);
        }
        long committed =
                loader instanceof DirectLoader ? ledger.counts(run.id()).inTarget() : 0;
        if (committed > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%,d rows of this run are in %s already, which is loaded piece by piece; resuming adds the rest",
                    committed,
                    loader.describe()));
        }
        return report(
                run,
                kind == ErrorKind.STOPPED ? RunReport.Status.STOPPED : RunReport.Status.FAILED,
                Optional.of(new RunReport.Failure(kind, message, Optional.of(failure))));
    }

    private RunReport report(RunRecord run, RunReport.Status status, Optional<RunReport.Failure> failure) {
        List<PieceResult> results = ledger.results(run.id());
        List<String> rejects = quotedRejects(run, results, failure.isPresent());
        RunCounts counts = ledger.counts(run.id());
        warnings.addAll(extractor.notices());
        return new RunReport(
                run.id(),
                key,
                status,
                run.source(),
                run.target(),
                counts.rows(),
                counts.groups(),
                ledger.splitCount(run.id(), 0),
                splitsSkipped,
                started,
                Instant.now(),
                List.copyOf(rejects),
                List.copyOf(warnings),
                checks,
                failure);
    }

    /** For people only: that they cannot be read must not hide how the run ended. */
    private List<String> quotedRejects(RunRecord run, List<PieceResult> results, boolean uncountedToo) {
        List<String> quoted = new ArrayList<>();
        try {
            List<Path> files = new ArrayList<>(folder(run).rejectFiles(results));
            if (uncountedToo) {
                files.addAll(folder(run).uncountedRejectFiles(results));
            }
            RejectReader.read(files, row -> {
                quoted.add(row.summary());
                return quoted.size() < RunReport.QUOTED_REJECTS;
            });
        } catch (MillraceException | UncheckedIOException unreadable) {
            warnings.add("the rejected rows cannot be shown: " + unreadable.getMessage());
        }
        return quoted;
    }

    private void announce(RunRecord run, boolean resumed, String why) {
        runner.listener().on(new RunEvent.Started(run.id(), job.pipeline(), run.source(), run.target(), resumed, why));
    }

    private RunFolder folder(RunRecord run) {
        return new RunFolder(runner.stateFolder(), run.id(), job.options().rejects());
    }

    private static Lineage lineage(RunRecord run) {
        return new Lineage(run.key().pipeline(), run.id());
    }
}
