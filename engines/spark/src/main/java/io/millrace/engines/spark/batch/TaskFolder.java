package io.millrace.engines.spark.batch;

import io.millrace.api.MillraceException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** A folder of one task attempt, among Spark's local folders; it goes when the task ends, however that may be. */
record TaskFolder(Path path) {
    static TaskFolder of(TaskContext task) {
        File[] local = SparkEnv.get().blockManager().diskBlockManager().localDirs();
        Path parent = local[ThreadLocalRandom.current().nextInt(local.length)].toPath();
        TaskFolder folder;
        try {
            folder = new TaskFolder(Files.createTempDirectory(parent, "millrace-"));
        } catch (IOException failed) {
            throw MillraceException.unavailable(
                    "cannot make a folder in " + parent + " (" + failed
                            + "); see that the worker's local disk (spark.local.dir) has space",
                    failed);
        }
        task.addTaskCompletionListener((TaskCompletionListener) ended -> folder.delete());
        return folder;
    }

    private void delete() {
        try (Stream<Path> entries = Files.walk(path)) {
            List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException leftBehind) {
            // Spark removes its local folders with the process.
        }
    }
}
