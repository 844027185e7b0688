package io.millrace.core.coordinator;

import io.millrace.api.CommitId;
import io.millrace.api.DirectLoader;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Recount;
import io.millrace.api.RecountRequest;
import io.millrace.api.Staged;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.ResultJson;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.run.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A finished run's rows in the target, counted again and held against the ledger.
 *
 * @param expected rows that the ledger says the target was given
 * @param recount what the target says
 */
public record Verification(RunRecord run, long expected, Recount recount) {
    /** True where nothing contradicts the ledger; also where nothing could be counted, see {@link #counted}. */
    public boolean holds() {
        return recount.problems().isEmpty()
                && (!counted() || recount.found().getAsLong() + recount.replaced() == expected);
    }

    /** False where the target cannot tell the run's rows from others. */
    public boolean counted() {
        return recount.found().isPresent();
    }

    /**
     * Asks the target. Changes nothing.
     *
     * @param job of the run's pipeline as it is now
     * @throws MillraceException a user error where the run is not finished, or the pipeline's target may be another now
     */
    public static Verification of(Ledger ledger, RunRecord run, Job job) {
        if (run.state() != RunState.DONE) {
            throw MillraceException.user("run " + run.id() + " is "
                    + run.state().name().toLowerCase(Locale.ROOT)
                    + "; only what a finished run has loaded can be verified");
        }
        List<String> changed = run.definition().difference(job.definition()).stream()
                .filter(line -> line.startsWith("load."))
                .toList();
        if (!changed.isEmpty()) {
            throw MillraceException.user("the target has changed since run " + run.id() + ":\n  "
                    + String.join("\n  ", changed) + "\nchange it back to verify that run");
        }
        try (Loader loader = job.target().get()) {
            List<PieceResult> results = ledger.results(run.id(), ledger.lastStage(run.id()));
            Recount recount = loader instanceof DirectLoader direct && !direct.replayable()
                    ? pieces(direct, results)
                    : loader.recount(request(ledger, run, results));
            return new Verification(run, ledger.counts(run.id()).inTarget(), recount);
        }
    }

    private static RecountRequest request(Ledger ledger, RunRecord run, List<PieceResult> results) {
        List<Staged> staged =
                results.stream().flatMap(result -> result.data().stream()).toList();
        // The same target may be named in other ways, too; then a mismatch says so.
        boolean newest = ledger.runs(Optional.empty(), Set.of(RunState.DONE), Integer.MAX_VALUE).stream()
                .filter(other -> other.target().equals(run.target()))
                .findFirst()
                .filter(latest -> latest.id().equals(run.id()))
                .isPresent();
        Lineage lineage = new Lineage(run.key().pipeline(), run.id());
        return new RecountRequest(
                new CommitId(lineage, run.id(), 1, new Fence(0)), run.key().window(), staged, newest);
    }

    /** The target has recorded each piece in the transaction of its rows. */
    private static Recount pieces(DirectLoader loader, List<PieceResult> results) {
        long found = 0;
        List<String> problems = new ArrayList<>();
        for (PieceResult result : results) {
            Optional<PieceResult> known = loader.find(result.task()).map(ResultJson::ofNote);
            if (known.isEmpty()) {
                problems.add("the target does not know piece " + result.task().piece() + ", with "
                        + result.counts().loaded() + " rows; it forgets pieces after a while (ledger retention)");
            } else {
                found += known.get().counts().loaded();
            }
        }
        return new Recount(
                OptionalLong.of(found),
                0,
                "rows by the target's own records of " + results.size() + (results.size() == 1 ? " piece" : " pieces")
                        + ", each written in the transaction of its rows; rows changed since are not seen",
                problems);
    }
}
