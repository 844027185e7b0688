package io.millrace.connectors.files;

import io.millrace.api.WriteTask;
import io.millrace.formats.parquet.ByteSink;
import io.millrace.formats.parquet.FileSummary;
import io.millrace.formats.parquet.partitioned.FileDestination;
import io.millrace.formats.parquet.partitioned.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of one attempt in its epoch's staging folder.
 *
 * @param uniqueName begins the names of this attempt's files, and of no other's
 */
record StagingOutputs(TargetFolder target, WriteTask task, String uniqueName) implements FileDestination {
    private static final String OPEN = ".open";
    private static final String STAGED = ".staged";

    Path folder() {
        return target.staging(task.lineage(), task.fence());
    }

    /** Creates the file; FENCED where the epoch's folder is gone. */
    @Override
    public ByteSink create(Partition partition, int number) throws IOException {
        try {
            return ByteSink.file(folder().resolve(stem(number) + OPEN));
        } catch (NoSuchFileException gone) {
            throw StagingArea.fenced(target, task.lineage(), gone);
        }
    }

    private String stem(int number) {
        return uniqueName + "." + number;
    }

    /** Gives a complete file its final staging name; a missing file says that the epoch has ended. */
    StagedFile stage(Partition partition, int number, FileSummary summary) throws IOException {
        String name = stem(number) + STAGED;
        Files.move(folder().resolve(stem(number) + OPEN), folder().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return new StagedFile(
                name, task.piece(), partition.folder(), summary.rows(), summary.bytes(), summary.crc32c());
    }

    /** Removes the files of these numbers, complete or not; never throws. */
    void remove(int count) {
        for (int number = 0; number < count; number++) {
            remove(stem(number) + OPEN);
            remove(stem(number) + STAGED);
        }
    }

    private void remove(String name) {
        try {
            Files.deleteIfExists(folder().resolve(name));
        } catch (IOException left) {
            // The next cleanup removes it.
        }
    }
}
