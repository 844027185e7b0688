package io.millrace.connectors.files;

import io.millrace.api.DurableFiles;
import io.millrace.api.Failpoint;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import io.millrace.formats.parquet.partitioned.WrittenFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Writes one piece into the staging folder. */
final class ParquetStagingWriter implements StagingWriter {
    private final StagingOutputs outputs;
    private final PartitionedWriter writer;
    private boolean ended;

    /** @param writer its destination is {@code outputs} */
    ParquetStagingWriter(StagingOutputs outputs, PartitionedWriter writer) {
        this.outputs = outputs;
        this.writer = writer;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        Failpoint.MID_WRITE.reached();
        try {
            writer.write(batch, rejects);
        } catch (IOException failure) {
            throw FileFailure.of("cannot write to", outputs.target().root(), failure);
        }
    }

    @Override
    public Staged stage() {
        try {
            List<StagedFile> files = new ArrayList<>();
            for (WrittenFile file : writer.finish()) {
                files.add(outputs.stage(file.partition(), file.number(), file.summary()));
            }
            // Opens the folder by its epoch's name: a piece without rows, too, learns that it is fenced.
            DurableFiles.syncDirectory(outputs.folder());
            ended = true;
            return StagedFile.staged(files);
        } catch (NoSuchFileException gone) {
            throw StagingArea.fenced(outputs.target(), outputs.task().lineage(), gone);
        } catch (IOException failure) {
            throw FileFailure.of("cannot stage in", outputs.target().root(), failure);
        }
    }

    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            writer.close();
            outputs.remove(writer.filesBegun());
        }
    }

    @Override
    public void close() {
        abort();
    }
}
