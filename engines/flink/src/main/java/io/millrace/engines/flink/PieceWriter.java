package io.millrace.engines.flink;

import io.millrace.api.DirectLoader;
import io.millrace.api.Loader;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.data.Batch;

/** Where a subtask's rows go until the checkpoint, whatever the target is. One thread. */
interface PieceWriter extends AutoCloseable {
    /**
     * The writer of a subtask.
     *
     * @param after the checkpoint behind which it begins
     */
    static PieceWriter of(StreamParts parts, int subtask, int attempt, long after) {
        Loader loader = parts.loader();
        if (loader instanceof StagingLoader staging) {
            return new StagedPieces(staging, parts, subtask, attempt, after);
        }
        DirectLoader direct = (DirectLoader) loader;
        return direct.replayable()
                ? new PiecesAtOnce(direct, parts, subtask, attempt)
                : new SpooledPieces(parts.pendingFolder(), parts.steps().output());
    }

    void write(Batch batch, Rejects rejects);

    /** Makes durable what was written since the last call; the next rows belong to another piece. */
    Written end(long checkpoint);

    /** Takes back what no call of {@link #end} has made durable; never throws. */
    @Override
    void close();

    /**
     * What a piece has.
     *
     * @param staged or null
     * @param spool or null
     * @param loaded rows that are in the target, or will be by committing what is staged
     */
    record Written(Staged staged, Spool spool, long loaded, long deduplicated) {
        static final Written NOTHING = new Written(null, null, 0, 0);
    }
}
