package io.millrace.core.embedded;

import io.millrace.api.CommitId;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Everything between two commits of a target: one lineage, one piece. One thread. */
final class Load implements AutoCloseable {
    private static final String NAME = "java";

    private final StagingLoader loader;
    private final Schema schema;
    private final Lineage lineage;
    private final Fence fence;
    private StagingWriter writer;
    private List<Staged> staged;
    private boolean broken;

    private Load(StagingLoader loader, Schema schema, Lineage lineage, Fence fence) {
        this.loader = loader;
        this.schema = schema;
        this.lineage = lineage;
        this.fence = fence;
    }

    /** Takes the loader over: it is closed with this, or when this fails. */
    static Load begin(StagingLoader loader, Schema schema) {
        try {
            loader.validate(schema);
            Lineage lineage = new Lineage(NAME, UUID.randomUUID().toString());
            LoadRequest request = new LoadRequest(schema, lineage, Optional.empty(), Instant.now());
            return new Load(loader, schema, lineage, loader.prepare(request));
        } catch (RuntimeException failed) {
            loader.close();
            throw failed;
        }
    }

    Schema schema() {
        return schema;
    }

    LoadResult write(List<? extends Map<String, ?>> records) {
        requireSound();
        if (staged != null) {
            throw new IllegalStateException("a commit has failed; only commit again, or close");
        }
        List<RejectedRecord> rejected = new ArrayList<>();
        broken = true;
        Batch batch = RecordBatches.of(schema, records, "load", rejected::add);
        if (batch.rowCount() > 0) {
            if (writer == null) {
                writer = loader.open(new WriteTask(lineage, lineage.id(), "records.0", 1, fence), schema);
            }
            writer.write(batch, new RecordRejects("load", rejected::add));
        }
        broken = false;
        return new LoadResult(records.size() - rejected.size(), rejected.size(), rejected);
    }

    void commit() {
        requireSound();
        if (staged == null) {
            broken = true;
            staged = writer == null ? List.of() : List.of(writer.stage());
            broken = false;
        }
        loader.commit(new CommitId(lineage, lineage.id(), 1, fence), staged);
        staged = null;
        close();
    }

    private void requireSound() {
        if (broken) {
            throw new IllegalStateException("loading has failed before; close the target");
        }
    }

    /** Removes what is staged, unless a commit was begun: that may have happened, and is not to be undone. */
    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
            if (staged == null) {
                loader.cleanup(lineage, List.of());
            }
        } catch (MillraceException left) {
            // Hidden from readers.
        } finally {
            loader.close();
        }
    }
}
