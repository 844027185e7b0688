package io.millrace.engines.flink;

import io.millrace.api.CommitId;
import io.millrace.api.Counts;
import io.millrace.api.DirectLoader;
import io.millrace.api.Failpoint;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StreamUnit;
import io.millrace.api.WriteTask;
import io.millrace.core.stream.KeyedCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the pieces of a complete checkpoint visible, all of them or, after a failure, the rest of them. */
final class PieceCommitter {
    private final StreamParts parts;
    private final int attempt;
    private final DeadLetters deadLetters;

    PieceCommitter(StreamParts parts, int attempt) {
        this.parts = parts;
        this.attempt = attempt;
        this.deadLetters = new DeadLetters(parts, attempt);
    }

    /**
     * Commits the pieces of one checkpoint. The same call may be repeated, and does then what is left.
     *
     * @param pieces all of the checkpoint, always in the same order
     * @param mayBeThere true where an earlier attempt may have committed some
     * @return what they count together
     */
    Sums commit(long checkpoint, List<Piece> pieces, boolean mayBeThere) {
        Failpoint.BEFORE_COMMIT.reached();
        Counts counts = Counts.ZERO;
        KeyedCounts keyed = KeyedCounts.NONE;
        List<String> rejects = new ArrayList<>();
        for (Piece piece : pieces) {
            counts = counts.plus(piece.counts());
            keyed = keyed.plus(piece.keyed());
            if (piece.rejects() != null) {
                rejects.add(piece.rejects());
            }
            if (piece.spool() != null) {
                LoadOutcome outcome = load(checkpoint, piece, mayBeThere);
                if (piece.ofGroups()) {
                    keyed = keyed.plus(new KeyedCounts(outcome.counts(), 0, 0));
                } else {
                    counts = counts.plus(outcome.counts());
                }
                outcome.rejectFile().ifPresent(rejects::add);
            }
        }
        commitStaged(checkpoint, pieces);
        deadLetters.take(checkpoint, rejects, mayBeThere);
        Failpoint.AFTER_COMMIT.reached();
        pieces.forEach(this::forget);
        return new Sums(counts, keyed);
    }

    /** What pieces count together. Rows on their way between stages may be in another checkpoint's pieces. */
    record Sums(Counts rows, KeyedCounts keyed) {}

    private LoadOutcome load(long checkpoint, Piece piece, boolean mayBeThere) {
        WriteTask task =
                new WriteTask(parts.lineage(), StreamUnit.of(checkpoint), piece.task(), attempt, parts.fence());
        return new SpooledCommit((DirectLoader) parts.loader(), task, parts.pendingFolder())
                .commit(piece.spool(), mayBeThere);
    }

    private void commitStaged(long checkpoint, List<Piece> pieces) {
        List<Staged> staged =
                pieces.stream().map(Piece::staged).filter(Objects::nonNull).toList();
        if (!staged.isEmpty()) {
            // All commits of a lineage are one unit, told apart by their sequence: Delta's log then keeps one name for
            // it.
            CommitId id = new CommitId(parts.lineage(), parts.lineage().id(), checkpoint, parts.fence());
            ((StagingLoader) parts.loader()).commit(id, staged);
        }
    }

    /** The target has the rows, and says so when asked. */
    private void forget(Piece piece) {
        if (piece.spool() != null) {
            try {
                Files.deleteIfExists(parts.pendingFolder().resolve(piece.spool().file()));
            } catch (IOException leftBehind) {
                // The stream's next start removes it.
            }
        }
    }
}
