package io.millrace.engines.spark.batch;

import io.millrace.core.run.RunFolder;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkFiles;

/**
 * Where tasks find and leave files.
 *
 * @param stateFolder the driver's, where tasks run on its machine; otherwise null
 * @param rejects a folder for rejected rows that driver and tasks share, or null
 * @param lookups names of files that every machine has been sent, with the tables that steps look up in
 */
record TaskFiles(String stateFolder, String rejects, List<String> lookups) implements Serializable {
    /** Whether rejected rows are written where they stay; otherwise they travel with the results. */
    boolean keepsRejects() {
        return stateFolder != null || rejects != null;
    }

    /** @param temporary for what stays with the task */
    RunFolder runFolder(Path temporary, String runId) {
        return new RunFolder(
                stateFolder == null ? temporary : Path.of(stateFolder),
                runId,
                Optional.ofNullable(rejects).map(Path::of));
    }

    /** The folder of the tables to look up in, on this machine. */
    Path lookupFolder(RunFolder folder) {
        return stateFolder == null ? Path.of(SparkFiles.getRootDirectory()) : folder.lookups();
    }
}
