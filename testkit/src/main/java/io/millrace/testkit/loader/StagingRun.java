package io.millrace.testkit.loader;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One run against a staging loader, step by step as an engine does it. */
public final class StagingRun implements AutoCloseable {
    private final StagingLoader loader;
    private final Schema schema;
    private final Lineage lineage;
    private final String unit;
    private final Fence fence;

    /** Prepares the target and takes the fence. */
    public StagingRun(StagingLoader loader, Schema schema, Lineage lineage, String unit) {
        this.loader = loader;
        this.schema = schema;
        this.lineage = lineage;
        this.unit = unit;
        loader.validate(schema);
        this.fence = loader.prepare(new LoadRequest(schema, lineage, Optional.empty(), Instant.EPOCH));
    }

    public StagingLoader loader() {
        return loader;
    }

    public Fence fence() {
        return fence;
    }

    public CommitId commitId() {
        return new CommitId(lineage, unit, 1, fence);
    }

    /** A writer of a piece's attempt. */
    public StagingWriter open(String piece, int attempt) {
        return loader.open(new WriteTask(lineage, unit, piece, attempt, fence), schema);
    }

    /** Writes and stages a whole piece. */
    public Staged stage(String piece, Batch... batches) {
        try (StagingWriter writer = open(piece, 0)) {
            for (Batch batch : batches) {
                writer.write(batch, new NoRejects());
            }
            return writer.stage();
        }
    }

    public CommitResult commit(Staged... staged) {
        return loader.commit(commitId(), List.of(staged));
    }

    /** Removes what is staged and not named here. */
    public void cleanup(Staged... live) {
        loader.cleanup(lineage, List.of(live));
    }

    @Override
    public void close() {
        loader.close();
    }
}
