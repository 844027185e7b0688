package io.millrace.core.embedded;

import io.millrace.api.CommitId;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.List;

/** A load whose records are staged out of sight until the commit. */
final class StagedLoad extends Load {
    private final StagingLoader loader;
    private final WriteTask task;
    private StagingWriter writer;
    private List<Staged> staged;
    private boolean done;

    StagedLoad(StagingLoader loader, Schema schema, WriteTask task) {
        super(schema);
        this.loader = loader;
        this.task = task;
    }

    @Override
    void write(Batch batch, Rejects rejects) {
        if (writer == null) {
            writer = loader.open(task, schema());
        }
        writer.write(batch, rejects);
    }

    @Override
    void finish() {
        staged = writer == null ? List.of() : List.of(writer.stage());
    }

    @Override
    boolean committing() {
        return staged != null;
    }

    @Override
    void perform() {
        loader.commit(new CommitId(task.lineage(), task.unit(), 1, task.fence()), staged);
        done = true;
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
            if (staged == null || done) {
                loader.cleanup(task.lineage(), List.of());
            }
        } catch (MillraceException left) {
            // Hidden from readers.
        } finally {
            loader.close();
        }
    }
}
