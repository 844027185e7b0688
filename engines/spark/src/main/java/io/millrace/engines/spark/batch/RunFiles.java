package io.millrace.engines.spark.batch;

import io.millrace.api.MillraceException;
import io.millrace.core.engine.RunWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/** Brings a run's files to where its tasks run. */
final class RunFiles {
    private RunFiles() {}

    /** On one machine tasks use the run's folder; to others the tables to look up in are sent. */
    static TaskFiles share(SparkContext spark, RunWork work) {
        String rejects = work.options().rejects().map(Path::toString).orElse(null);
        if (spark.isLocal()) {
            return new TaskFiles(work.folder().stateFolder().toString(), rejects, List.of());
        }
        List<String> names = new ArrayList<>();
        for (Path file : files(work.folder().lookups())) {
            spark.addFile(file.toString());
            names.add(file.getFileName().toString());
        }
        return new TaskFiles(null, rejects, List.copyOf(names));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw MillraceException.denied("cannot read " + folder + " (" + failed + ")", failed);
        }
    }
}
