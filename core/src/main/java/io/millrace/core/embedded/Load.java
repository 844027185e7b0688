package io.millrace.core.embedded;

import io.millrace.api.DirectLoader;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Loader;
import io.millrace.api.Rejects;
import io.millrace.api.StagingLoader;
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
abstract class Load implements AutoCloseable {
    private static final String NAME = "java";

    private final Schema schema;
    private boolean broken;

    Load(Schema schema) {
        this.schema = schema;
    }

    /** Takes the loader over: it is closed with this, or when this fails. */
    static Load begin(Loader loader, Schema schema) {
        try {
            loader.validate(schema);
            Lineage lineage = new Lineage(NAME, UUID.randomUUID().toString());
            Fence fence = loader.prepare(new LoadRequest(schema, lineage, Optional.empty(), Instant.now()));
            WriteTask task = new WriteTask(lineage, lineage.id(), "records.0", 1, fence);
            return loader instanceof DirectLoader direct
                    ? new DirectLoad(direct, schema, task)
                    : new StagedLoad((StagingLoader) loader, schema, task);
        } catch (RuntimeException failed) {
            loader.close();
            throw failed;
        }
    }

    final Schema schema() {
        return schema;
    }

    final LoadResult write(List<? extends Map<String, ?>> records) {
        requireSound();
        if (committing()) {
            throw new IllegalStateException("a commit has failed; only commit again, or close");
        }
        List<RejectedRecord> rejected = new ArrayList<>();
        broken = true;
        Batch batch = RecordBatches.of(schema, records, "load", rejected::add);
        if (batch.rowCount() > 0) {
            write(batch, new RecordRejects("load", rejected::add));
        }
        broken = false;
        return new LoadResult(records.size() - rejected.size(), rejected.size(), rejected);
    }

    final void commit() {
        requireSound();
        if (!committing()) {
            broken = true;
            finish();
            broken = false;
        }
        perform();
        close();
    }

    private void requireSound() {
        if (broken) {
            throw new IllegalStateException("loading has failed before; close the target");
        }
    }

    abstract void write(Batch batch, Rejects rejects);

    /** Ends writing: from here on, only the commit is left to do. */
    abstract void finish();

    /** True once writing has ended. */
    abstract boolean committing();

    /** The commit; may be repeated where it has failed. */
    abstract void perform();

    /** Takes back what was written, unless a commit was begun: that may have happened, and is not to be undone. */
    @Override
    public abstract void close();
}
