package io.millrace.core.coordinator;

import io.millrace.api.DirectLoader;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunCounts;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.run.RunReport;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an attempt at a run ends, well or not: its state in the ledger and the report. One thread. */
final class RunConclusion {
    private final RunScope scope;
    private final Ledger ledger;
    private final RunExecution execution;

    RunConclusion(RunScope scope, RunExecution execution) {
        this.scope = scope;
        this.ledger = scope.ledger();
        this.execution = execution;
    }

    /** Does the work, and reports what came of it. */
    RunReport of(RunRecord run, Runnable work) {
        try {
            work.run();
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
            ledger.changeState(scope.lease(), run.id(), committing ? RunState.COMMITTING : state, Optional.of(message));
        } catch (MillraceException alsoFailed) {
            // The first failure is what the user has to know; a run left as RUNNING is resumed just the same.
            failure.addSuppressed(alsoFailed);
        }
        long committed =
                scope.loader() instanceof DirectLoader ? ledger.counts(run.id()).inTarget() : 0;
        if (committed > 0) {
            scope.warnings()
                    .add(String.format(
                            Locale.ROOT,
                            "%,d rows of this run are in %s already, which is loaded piece by piece; resuming adds the"
                                    + " rest",
                            committed,
                            scope.loader().describe()));
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
        scope.warnings().addAll(scope.extractor().notices());
        return new RunReport(
                run.id(),
                scope.key(),
                status,
                run.source(),
                run.target(),
                counts.rows(),
                counts.groups(),
                ledger.splitCount(run.id(), 0),
                execution.splitsSkipped(),
                scope.started(),
                Instant.now(),
                List.copyOf(rejects),
                List.copyOf(scope.warnings()),
                execution.checks(),
                failure);
    }

    /** For people only: that they cannot be read must not hide how the run ended. */
    private List<String> quotedRejects(RunRecord run, List<PieceResult> results, boolean uncountedToo) {
        List<String> quoted = new ArrayList<>();
        try {
            List<Path> files = new ArrayList<>(scope.folder(run).rejectFiles(results));
            if (uncountedToo) {
                files.addAll(scope.folder(run).uncountedRejectFiles(results));
            }
            RejectReader.read(files, row -> {
                quoted.add(row.summary());
                return quoted.size() < RunReport.QUOTED_REJECTS;
            });
        } catch (MillraceException | UncheckedIOException unreadable) {
            scope.warnings().add("the rejected rows cannot be shown: " + unreadable.getMessage());
        }
        return quoted;
    }
}
