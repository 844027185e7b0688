package io.millrace.connectors.files;

import io.millrace.api.DurableFiles;
import io.millrace.api.Lineage;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.FileSummary;
import io.millrace.formats.parquet.ParquetBatchWriter;
import io.millrace.formats.parquet.ParquetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One file being written into the staging folder, for one partition. One thread. */
final class StagedOutput {
    /** Where writers of a piece put their files, and in which form. */
    record Place(TargetFolder target, WriteTask task, String uniqueName, Schema schema, ParquetOptions options) {
        Path folder() {
            return target.staging(task.lineage(), task.fence());
        }

        Lineage lineage() {
            return task.lineage();
        }
    }

    static final String OPEN = ".open";
    static final String STAGED = ".staged";

    private final Place place;
    private final String partition;
    private final String stem;
    private final ParquetBatchWriter writer;

    /** Creates the file; FENCED where the epoch's folder is gone. */
    StagedOutput(Place place, String partition, int number) throws IOException {
        this.place = place;
        this.partition = partition;
        this.stem = place.uniqueName() + "." + number;
        try {
            this.writer = new ParquetBatchWriter(place.folder().resolve(stem + OPEN), place.schema(), place.options());
        } catch (NoSuchFileException gone) {
            throw StagingArea.fenced(place.target(), place.lineage(), gone);
        }
    }

    void write(Batch batch) throws IOException {
        writer.write(batch);
    }

    long bufferedBytes() {
        return writer.bufferedBytes();
    }

    long estimatedBytes() {
        return writer.estimatedBytes();
    }

    void endRowGroup() throws IOException {
        writer.endRowGroup();
    }

    /** Completes the file; it keeps its temporary name until the piece is staged. */
    StagedFile finish() throws IOException {
        FileSummary summary = writer.finish();
        writer.close();
        return new StagedFile(
                stem + STAGED, place.task().piece(), partition, summary.rows(), summary.bytes(), summary.crc32c());
    }

    /** Completes the file under its final staging name. */
    StagedFile finishAndStage() throws IOException {
        StagedFile file = finish();
        stage(place.folder(), file);
        DurableFiles.syncDirectory(place.folder());
        return file;
    }

    /** Gives a finished file its final staging name; a missing file says that the epoch has ended. */
    static void stage(Path folder, StagedFile file) throws IOException {
        String stem = file.name().substring(0, file.name().length() - STAGED.length());
        Files.move(folder.resolve(stem + OPEN), folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
    }

    void close() throws IOException {
        writer.close();
    }
}
