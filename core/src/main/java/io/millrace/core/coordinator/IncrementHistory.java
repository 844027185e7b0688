package io.millrace.core.coordinator;

import io.millrace.api.MillraceException;
import io.millrace.api.WriteMode;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.run.Job;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the next increment of a pipeline is. Increments follow one another: each begins where the newest finished one
 * has ended, and one that is unfinished is finished first. The rules are in {@code docs/concepts/runs.md}.
 */
final class IncrementHistory {
    private final Ledger ledger;
    private final Job job;
    private final WriteMode mode;
    private final Rerun rerun;

    IncrementHistory(Ledger ledger, Job job, WriteMode mode, Rerun rerun) {
        this.ledger = ledger;
        this.job = job;
        this.mode = mode;
        this.rerun = rerun;
    }

    /** A user error where the pipeline's target would lose what increments have brought before. */
    RunDecision decide(RunKey key) {
        refuseReplacing(mode);
        Optional<RunRecord> unfinished =
                ledger.latest(key).filter(run -> run.state().unfinished());
        Optional<RunRecord> finished = ledger.latestDone(key);
        if (unfinished.isEmpty()) {
            return begin(finished, "");
        }
        RunRecord run = unfinished.get();
        boolean nothingStaged = run.pin().isEmpty();
        if (rerun.restart()
                || nothingStaged && (rerun.full() || !sameDefinition(run).isEmpty())) {
            RunDecision next = begin(finished, "run " + run.id() + " was unfinished and is dropped; ");
            return new RunDecision.Discard(run, next.position(), next.why());
        }
        if (rerun.full() && run.position().isPresent()) {
            throw MillraceException.user(
                    "run " + run.id() + " is an unfinished increment; finish it without --full, or add"
                            + " --restart to drop what it had staged");
        }
        RunHistory.refuseChanged(run, job);
        return new RunDecision.Resume(run, "run " + run.id() + " is an unfinished increment and is resumed");
    }

    /** A user error where the mode would replace what increments have brought before. */
    static void refuseReplacing(WriteMode mode) {
        switch (mode) {
            case APPEND, UPSERT -> {}
            case OVERWRITE, OVERWRITE_PARTITIONS, REPLACE_WINDOW -> throw MillraceException.user(
                    "mode " + mode.name().toLowerCase(Locale.ROOT)
                            + " replaces rows that earlier increments have brought by those of the newest one; with"
                            + " incremental use append or upsert, or take incremental out");
        }
    }

    private RunDecision begin(Optional<RunRecord> finished, String dropped) {
        if (rerun.full() || finished.isEmpty()) {
            refuseDoubling();
            return new RunDecision.Begin(
                    Optional.empty(),
                    dropped
                            + finished.map(run -> "increments begin anew, with all rows, as --full asks")
                                    .orElse("no increment has been finished before, so this one takes all rows"));
        }
        RunRecord previous = finished.get();
        List<String> difference = sameDefinition(previous);
        if (!difference.isEmpty() && !rerun.again()) {
            throw MillraceException.user("the pipeline has changed since run " + previous.id()
                    + ", which took everything up to then:\n  "
                    + String.join("\n  ", difference)
                    + "\nwhat it took would not be brought again; add --full to take all rows, or --again to take only what"
                    + " is new, knowingly");
        }
        return new RunDecision.Begin(
                Optional.of(position(previous)),
                dropped + "takes what is new since run " + previous.id() + ", which began at " + previous.started());
    }

    private List<String> sameDefinition(RunRecord run) {
        return run.definition().difference(job.definition());
    }

    private static String position(RunRecord finished) {
        return finished.pin()
                .flatMap(RunRecord.Pin::nextPosition)
                .orElseThrow(() -> new IllegalStateException(
                        "run " + finished.id() + " is a finished increment without the position of the next"));
    }

    /** All rows, appended where some were before. */
    private void refuseDoubling() {
        if (mode != WriteMode.APPEND || rerun.again()) {
            return;
        }
        ledger.runs(Optional.of(job.pipeline()), Set.of(RunState.DONE), Integer.MAX_VALUE).stream()
                .filter(run -> run.mode() == WriteMode.APPEND)
                .findFirst()
                .ifPresent(run -> {
                    throw MillraceException.user("this run takes all rows, and run " + run.id()
                            + " has already appended some (" + run.key().scope()
                            + "), so rows would be doubled; use mode upsert, or add --again to append knowingly");
                });
    }
}
