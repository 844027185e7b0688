package io.millrace.engines.flink;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import java.time.Instant;

/**
 * For targets in which writing a row again changes nothing: each batch is written at once, so that readers see it within a
 * moment. Behind a failure the batches since the checkpoint are written again.
 */
final class PiecesAtOnce implements PieceWriter {
    private final DirectLoader loader;
    private final StreamParts parts;
    private final int subtask;
    private final int attempt;
    private long batches;
    private long loaded;
    private long deduplicated;

    PiecesAtOnce(DirectLoader loader, StreamParts parts, int subtask, int attempt) {
        this.loader = loader;
        this.parts = parts;
        this.subtask = subtask;
        this.attempt = attempt;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        WriteTask task = new WriteTask(
                parts.lineage(), parts.lineage().id(), "batch-" + subtask + "-" + batches++, attempt, parts.fence());
        loader.asOf(Instant.now());
        try (DirectWriter writer = loader.open(task, parts.steps().output())) {
            writer.write(batch, rejects);
            Receipt receipt = writer.flush(rejects);
            writer.commit("");
            loaded += receipt.loaded();
            deduplicated += receipt.deduplicated();
        }
    }

    @Override
    public Written end(long checkpoint) {
        Written written = new Written(null, null, loaded, deduplicated);
        loaded = 0;
        deduplicated = 0;
        return written;
    }

    @Override
    public void close() {
        // Nothing is held back.
    }
}
