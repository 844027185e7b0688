package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;

/** For targets that show nothing before a commit: each piece is staged before its checkpoint's barrier passes. */
final class StagedPieces implements PieceWriter {
    private final StagingLoader loader;
    private final StreamParts parts;
    private final int subtask;
    private final int attempt;
    private long after;
    private StagingWriter writer;

    StagedPieces(StagingLoader loader, StreamParts parts, int subtask, int attempt, long after) {
        this.loader = loader;
        this.parts = parts;
        this.subtask = subtask;
        this.attempt = attempt;
        this.after = after;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        if (writer == null) {
            // Which checkpoint the rows will belong to is not known yet; behind which one they come is as good a name.
            String piece = "after-" + after + "-" + subtask;
            WriteTask task = new WriteTask(parts.lineage(), parts.lineage().id(), piece, attempt, parts.fence());
            writer = loader.open(task, parts.steps().output());
        }
        writer.write(batch, rejects);
    }

    @Override
    public Written end(long checkpoint) {
        after = checkpoint;
        if (writer == null) {
            return Written.NOTHING;
        }
        Staged staged = writer.stage();
        writer.close();
        writer = null;
        return new Written(staged, null, staged.rows(), 0);
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
