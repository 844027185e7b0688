package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.nio.file.Path;

/**
 * For targets whose writer commits a piece itself: rows wait in a file until their checkpoint is complete. What is loaded is
 * known then.
 */
final class SpooledPieces implements PieceWriter {
    private final Path folder;
    private final Schema schema;
    private SpoolWriter spool;

    SpooledPieces(Path folder, Schema schema) {
        this.folder = folder;
        this.schema = schema;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        if (spool == null) {
            spool = new SpoolWriter(folder, schema);
        }
        spool.add(batch);
    }

    @Override
    public Written end(long checkpoint) {
        if (spool == null) {
            return Written.NOTHING;
        }
        Spool finished = spool.finish();
        spool = null;
        return new Written(null, finished, 0, 0);
    }

    @Override
    public void close() {
        if (spool != null) {
            spool.close();
            spool = null;
        }
    }
}
