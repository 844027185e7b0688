package io.millrace.core.coordinator;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.run.Job;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from the ledger what running a key means: begin, resume, repeat, or nothing. The rules are in
 * {@code docs/concepts/runs.md}.
 */
final class RunHistory {
    private final Ledger ledger;

    RunHistory(Ledger ledger) {
        this.ledger = ledger;
    }

    /** A user error, which names the ways out, where the key must not be run so. */
    RunDecision decide(RunKey key, Job job, WriteMode mode, Rerun rerun) {
        if (rerun.full() && !key.increment()) {
            throw MillraceException.user(
                    key.window().isPresent()
                            ? "--full takes all rows, --start and --end take a window; give one of the two"
                            : "--full begins increments anew, and this pipeline has no incremental; without --start and"
                                    + " --end it always takes all rows");
        }
        Optional<RunRecord> latest = ledger.latest(key);
        if (latest.isPresent() && latest.get().state() == RunState.COMMITTING) {
            // Decided: it only goes forward, whatever has changed since.
            return new RunDecision.Resume(
                    latest.get(),
                    "run " + latest.get().id() + " was interrupted in its commit, which is completed now");
        }
        if (key.increment()) {
            return new IncrementHistory(ledger, job, mode, rerun).decide(key);
        }
        if (latest.isPresent() && latest.get().state().unfinished()) {
            return unfinished(latest.get(), job, rerun);
        }
        if (latest.isPresent() && mode == WriteMode.APPEND && !rerun.again()) {
            return finishedAppend(latest.get(), job);
        }
        if (mode == WriteMode.APPEND && !rerun.again()) {
            refuseOverlap(key);
        }
        return new RunDecision.Begin(
                Optional.empty(),
                latest.map(finished -> "run " + finished.id() + " had finished this before; it is done again, "
                                + (rerun.again() ? "as --again asks" : "as mode " + name(mode) + " allows"))
                        .orElse("nothing of it has run before"));
    }

    private static RunDecision unfinished(RunRecord run, Job job, Rerun rerun) {
        if (rerun.restart()) {
            return new RunDecision.Discard(
                    run, Optional.empty(), "run " + run.id() + " was unfinished; --restart drops what it had staged");
        }
        refuseChanged(run, job);
        return new RunDecision.Resume(run, "run " + run.id() + " is unfinished and is resumed");
    }

    static void refuseChanged(RunRecord unfinished, Job job) {
        List<String> difference = unfinished.definition().difference(job.definition());
        if (!difference.isEmpty()) {
            throw MillraceException.user(
                    "run " + unfinished.id() + " of " + unfinished.key()
                            + " is unfinished, and the pipeline has changed since:\n  "
                            + String.join("\n  ", difference)
                            + "\nchange it back to finish that run, or add --restart to drop what it had staged and begin anew");
        }
    }

    private static RunDecision finishedAppend(RunRecord run, Job job) {
        List<String> difference = run.definition().difference(job.definition());
        if (!difference.isEmpty()) {
            throw MillraceException.user("run " + run.id() + " has already appended " + run.key()
                    + ", and the pipeline has changed since:\n  "
                    + String.join("\n  ", difference)
                    + "\nappending again would double rows: use a mode that may be repeated (overwrite,"
                    + " overwrite_partitions), or add --again to append once more, knowingly");
        }
        return new RunDecision.AlreadyDone(
                run, "run " + run.id() + " has done this already; add --again to append once more, knowingly");
    }

    private void refuseOverlap(RunKey key) {
        for (RunRecord finished : ledger.runs(Optional.of(key.pipeline()), Set.of(RunState.DONE), Integer.MAX_VALUE)) {
            if (finished.mode() == WriteMode.APPEND && covered(finished).overlaps(covered(key))) {
                throw MillraceException.user("the window " + key.scope() + " overlaps what run " + finished.id()
                        + " has already appended (" + finished.key().scope()
                        + "), so rows would be doubled; choose --start and --end beside it, use a mode that may be repeated"
                        + " (overwrite_partitions), or add --again to append knowingly");
            }
        }
    }

    /** A run of everything covers what was there when it began, and so do increments together. */
    private static TimeWindow covered(RunRecord run) {
        return run.key().window().orElse(new TimeWindow(Optional.empty(), Optional.of(run.started())));
    }

    private static TimeWindow covered(RunKey key) {
        return key.window().orElse(new TimeWindow(Optional.empty(), Optional.empty()));
    }

    private static String name(WriteMode mode) {
        return mode.name().toLowerCase(java.util.Locale.ROOT);
    }
}
