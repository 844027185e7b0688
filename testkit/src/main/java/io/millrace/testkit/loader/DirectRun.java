package io.millrace.testkit.loader;

import io.millrace.api.CommitId;
import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run against a direct loader, step by step as an engine does it. */
public final class DirectRun implements AutoCloseable {
    private final DirectLoader loader;
    private final Schema schema;
    private final Lineage lineage;
    private final String unit;
    private final Fence fence;

    /** Prepares the target and takes the fence, for a run without a window whose data speak of the year 2024's beginning. */
    public DirectRun(DirectLoader loader, Schema schema, Lineage lineage, String unit) {
        this(loader, new LoadRequest(schema, lineage, Optional.empty(), Instant.parse("2024-01-01T00:00:00Z")), unit);
    }

    /** Prepares the target as the request asks, and takes the fence. */
    public DirectRun(DirectLoader loader, LoadRequest request, String unit) {
        this.loader = loader;
        this.schema = request.schema();
        this.lineage = request.lineage();
        this.unit = unit;
        loader.validate(schema);
        this.fence = loader.prepare(request);
    }

    public DirectLoader loader() {
        return loader;
    }

    public Fence fence() {
        return fence;
    }

    public WriteTask task(String piece, int attempt) {
        return new WriteTask(lineage, unit, piece, attempt, fence);
    }

    /** A writer of a piece's attempt. */
    public DirectWriter open(String piece, int attempt) {
        return loader.open(task(piece, attempt), schema);
    }

    /** Writes and commits a whole piece none of whose rows may be rejected; the note that the target then holds. */
    public String load(String piece, String note, Batch... batches) {
        try (DirectWriter writer = open(piece, 0)) {
            write(writer, batches);
            return writer.commit(note);
        }
    }

    /** Writes and flushes batches none of whose rows may be rejected. */
    public static Receipt write(DirectWriter writer, Batch... batches) {
        return write(writer, new NoRejects(), batches);
    }

    /** Writes and flushes batches. */
    public static Receipt write(DirectWriter writer, Rejects rejects, Batch... batches) {
        for (Batch batch : batches) {
            writer.write(batch, rejects);
        }
        return writer.flush(rejects);
    }

    /** The note that the target holds for a piece. */
    public Optional<String> find(String piece) {
        return loader.find(task(piece, 99));
    }

    /** Says that all pieces are in the target; what the loader has to say about it. */
    public List<String> complete() {
        return loader.complete(new CommitId(lineage, unit, 1, fence));
    }

    @Override
    public void close() {
        loader.close();
    }
}
