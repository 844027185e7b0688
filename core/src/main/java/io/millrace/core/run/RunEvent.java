package io.millrace.core.run;

import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.ColumnLineage;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happens in a run, in the order in which it happens. Of stages behind an exchange only {@link Retrying} is told: progress
 * is counted in source rows.
 */
public sealed interface RunEvent {
    /** Work begins; {@code resumed} where an earlier attempt had begun it. {@code why} is one sentence about that. */
    record Started(String run, String pipeline, String source, String target, boolean resumed, String why)
            implements RunEvent {}

    /**
     * What the run's columns are, once it has started; {@code lineage} may be asked by any thread. Not told of a run of which
     * only the commit was missing.
     */
    record Bound(Schema source, Schema result, Supplier<ColumnLineage> lineage) implements RunEvent {}

    /** The plan is stored. {@code finished} splits are not read again. */
    record Planned(List<Split> splits, int finished, long rowsDone, List<String> warnings) implements RunEvent {}

    /** All rows of a stage are read: behind the step of this label, those of equal key are brought together. */
    record Exchanging(String step, int buckets) implements RunEvent {}

    /** A worker has begun an attempt at a split. */
    record SplitStarted(Split split, int attempt) implements RunEvent {}

    /** A batch has gone all the way: source rows read and rows rejected since the last such event of this attempt. */
    record Progressed(Split split, long rows, long rejected) implements RunEvent {}

    /** An attempt failed and will be tried again; its progress is taken back. */
    record Retrying(Split split, int attempt, Throwable failure, Duration delay, long rowsTakenBack)
            implements RunEvent {}

    /** A piece is staged and in the ledger. */
    record Staged(Split split, PieceResult result) implements RunEvent {}

    /** All pieces are staged; the target's commit begins. */
    record Committing(int pieces) implements RunEvent {}

    /** The run has ended, in whatever way. */
    record Ended(RunReport report) implements RunEvent {}
}
