package io.millrace.connectors.delta;

import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes one piece as data files that no version of the table names yet. */
final class DeltaStagingWriter implements StagingWriter {
    private final Fences fences;
    private final Fence fence;
    private final LongConsumer counted;
    private final Optional<SupersededRows> superseded;
    private final StoredColumns columns;
    private final DataFiles files;
    private final PartitionedWriter writer;
    private boolean ended;

    /**
     * @param counted is told how many rows are staged, and may refuse them
     * @param superseded counts rows that will not be in the table, where rows are replaced by key
     * @param writer its destination is {@code files}
     */
    DeltaStagingWriter(
            Fences fences,
            Fence fence,
            LongConsumer counted,
            Optional<SupersededRows> superseded,
            StoredColumns columns,
            DataFiles files,
            PartitionedWriter writer) {
        this.fences = fences;
        this.fence = fence;
        this.counted = counted;
        this.superseded = superseded;
        this.columns = columns;
        this.files = files;
        this.writer = writer;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        Failpoint.MID_WRITE.reached();
        try {
            Batch stored = columns.of(batch, rejects);
            if (superseded.isEmpty()) {
                writer.write(stored, rejects);
                return;
            }
            BitSet rejected = new BitSet();
            writer.write(stored, new NotedRejects(rejects, rejected));
            superseded.get().add(stored, rejected, rejects);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    @Override
    public Staged stage() {
        try {
            StagedFiles staged = new StagedFiles(files.described(writer.finish()));
            fences.require(fence);
            counted.accept(staged.rows());
            ended = true;
            return staged.staged(superseded.map(SupersededRows::count).orElse(0L));
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private MillraceException unwritable(IOException failure) {
        return MillraceException.unavailable(
                "cannot write to the Delta table " + fences.storage().root() + ": " + failure.getMessage(), failure);
    }

    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            writer.close();
            files.remove();
        }
    }

    @Override
    public void close() {
        abort();
    }
}
