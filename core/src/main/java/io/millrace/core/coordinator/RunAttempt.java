package io.millrace.core.coordinator;

import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.PinState;
import io.millrace.api.data.Schema;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunReport;
import io.millrace.core.step.StepChain;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** One process's attempt at a run, from the decision to the report. One thread; one use. */
final class RunAttempt {
    private final RunScope scope;
    private final RunExecution execution;
    private final RunConclusion conclusion;

    RunAttempt(Runner runner, Job job, RunKey key, Extractor extractor, Loader loader, Lease lease, Instant started) {
        this.scope = new RunScope(runner, job, key, extractor, loader, lease, started);
        this.execution = new RunExecution(scope);
        this.conclusion = new RunConclusion(scope, execution);
    }

    RunReport perform(RunDecision decision) {
        if (decision instanceof RunDecision.Resume resume && resume.run().state() == RunState.COMMITTING) {
            announce(resume.run(), true, resume.why());
            return conclusion.of(resume.run(), () -> execution.rollForward(resume.run()));
        }
        Extractor extractor = scope.extractor();
        Loader loader = scope.loader();
        if (decision instanceof RunDecision.Resume resume) {
            resume.run().pin().ifPresent(pin -> extractor.resume(pin.text()));
            scope.artifacts().recall(scope.ledger(), resume.run(), scope.folder(resume.run()));
        }
        // What is wrong with the job is found before anything is written.
        StepChain steps = resolved(extractor.schema(), scope.started());
        loader.validate(steps.output());
        WindowRules.check(scope.key().window(), extractor, loader, steps);
        WindowRules.checkWhole(scope.key().window(), scope.key().increment(), loader);
        if (decision instanceof RunDecision.Resume resume) {
            return resume(resume, steps);
        }
        if (decision instanceof RunDecision.Discard discard) {
            discard(discard.run(), steps.output(), discard.why());
        }
        return begin(steps, decision.position(), decision.why());
    }

    private StepChain resolved(Schema source, Instant runStart) {
        return StepChain.resolve(scope.steps(), source, scope.artifacts().context(runStart));
    }

    private RunReport begin(StepChain steps, Optional<String> position, String why) {
        finishDiscarding();
        Job job = scope.job();
        RunRecord run = new RunRecord(
                RunId.of(scope.started()),
                scope.key(),
                RunState.RUNNING,
                job.definition(),
                job.file(),
                job.overrides(),
                scope.loader().mode(),
                scope.extractor().describe(),
                scope.loader().describe(),
                job.options().rejects(),
                ThreadLocalRandom.current().nextLong(),
                position,
                Optional.empty(),
                scope.started(),
                Optional.empty(),
                Optional.empty());
        scope.ledger().begin(scope.lease(), run);
        announce(run, false, why);
        bound(steps);
        return conclusion.of(run, () -> execution.planAndWork(run, steps, Optional.empty()));
    }

    private RunReport resume(RunDecision.Resume resume, StepChain planned) {
        RunRecord run = resume.run();
        // Steps that look at the run's start see the first attempt's.
        StepChain steps = resolved(planned.source(), run.started());
        Resumption resumption = new Resumption(scope, run, steps);
        resumption.adoptCommitted();
        scope.ledger().fetchFiles(run);
        Resumption.Verdict verdict = resumption.judge();
        if (verdict.state() == PinState.RESTART && resumption.leavesAnything()) {
            resumption.refuseToLeaveCommitted(verdict);
            String why = "run " + run.id() + " cannot be resumed: " + verdict.why()
                    + "; what it had staged is dropped, and everything is read again";
            discard(run, steps.output(), why);
            return begin(steps, run.position(), why);
        }
        scope.ledger().changeState(scope.lease(), run.id(), RunState.RUNNING, Optional.empty());
        announce(run, true, resume.why());
        bound(steps);
        return conclusion.of(run, () -> {
            switch (verdict.state()) {
                case VALID, SUBSET -> execution.goOn(run, resumption.stages());
                case REPLAN_UNFINISHED -> execution.planAndWork(
                        run, steps, run.pin().map(RunRecord.Pin::text));
                case RESTART -> execution.planAndWork(run, steps, Optional.empty());
            }
        });
    }

    private void discard(RunRecord run, Schema output, String why) {
        // The fence first: whoever still works on it can no longer hand anything in.
        scope.prepare(run, output);
        scope.ledger().changeState(scope.lease(), run.id(), RunState.DISCARDED, Optional.of(why));
        scope.removeAllOf(run);
    }

    /** A crash may have come between the decision to discard a run and the removal of what it had staged. */
    private void finishDiscarding() {
        scope.ledger().runs(Optional.of(scope.key().pipeline()), Set.of(RunState.DISCARDED), Integer.MAX_VALUE).stream()
                .filter(run -> run.key().equals(scope.key()))
                .forEach(scope::removeAllOf);
    }

    private void bound(StepChain steps) {
        scope.listener().on(new RunEvent.Bound(steps.source(), steps.output(), steps::lineage));
    }

    private void announce(RunRecord run, boolean resumed, String why) {
        scope.ledger().attempted(scope.lease(), run.id(), scope.scheduledBy());
        scope.listener()
                .on(new RunEvent.Started(run.id(), scope.job().pipeline(), run.source(), run.target(), resumed, why));
    }
}
