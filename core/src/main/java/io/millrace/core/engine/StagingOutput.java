package io.millrace.core.engine;

import io.millrace.api.PieceResult;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.Optional;

/** A piece that is shown later, by the run's commit. */
final class StagingOutput implements PieceOutput {
    private final StagingWriter writer;

    StagingOutput(StagingLoader loader, WriteTask task, Schema schema) {
        this.writer = loader.open(task, schema);
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        writer.write(batch, rejects);
    }

    @Override
    public Written finish(Rejects rejects) {
        Staged staged = writer.stage();
        return new Written(Optional.of(staged), Optional.empty(), staged.rows(), 0);
    }

    @Override
    public PieceResult commit(PieceResult result) {
        return result;
    }

    @Override
    public void close() {
        writer.close();
    }
}
