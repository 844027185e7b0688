package io.millrace.connectors.files;

import io.millrace.api.DurableFiles;
import io.millrace.api.Failpoint;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes one piece as files of about the wished size, one or more for each partition. */
final class ParquetStagingWriter implements StagingWriter {
    private final StagedOutput.Place place;
    private final OpenPartitions outputs;
    private final Partitioner partitioner;
    private boolean ended;

    /** @param partitioner null where the target has no partitions */
    ParquetStagingWriter(StagedOutput.Place place, long fileBytes, Partitioner partitioner) {
        this.place = place;
        this.partitioner = partitioner;
        this.outputs = new OpenPartitions(place, fileBytes);
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        Failpoint.MID_WRITE.reached();
        try {
            if (partitioner == null) {
                outputs.write("", batch);
            } else {
                partitioner.split(batch, rejects, outputs);
            }
        } catch (IOException failure) {
            throw FileFailure.of("cannot write to", place.target().root(), failure);
        }
    }

    @Override
    public Staged stage() {
        Path folder = place.folder();
        try {
            List<StagedFile> files = outputs.finish();
            for (StagedFile file : files) {
                StagedOutput.stage(folder, file);
            }
            // Opens the folder by its epoch's name: a piece without rows, too, learns that it is fenced.
            DurableFiles.syncDirectory(folder);
            ended = true;
            return StagedFile.staged(files);
        } catch (NoSuchFileException gone) {
            throw StagingArea.fenced(place.target(), place.lineage(), gone);
        } catch (IOException failure) {
            throw FileFailure.of("cannot stage in", place.target().root(), failure);
        }
    }

    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            outputs.close();
            for (String name : new ArrayList<>(outputs.names())) {
                remove(name + StagedOutput.OPEN);
                remove(name + StagedOutput.STAGED);
            }
        }
    }

    private void remove(String name) {
        try {
            Files.deleteIfExists(place.folder().resolve(name));
        } catch (IOException left) {
            // The next cleanup removes it.
        }
    }

    @Override
    public void close() {
        abort();
    }
}
