package io.millrace.connectors.delta;

import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.testkit.loader.StagingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Stages two pieces, writes down what it staged, commits and cleans up: a process for others to kill. */
final class CommitMain {
    private CommitMain() {}

    public static void main(String[] arguments) throws IOException {
        Batch rows = DeltaCrashTest.rows(2, "b", 3, "b");
        try (StagingRun run = DeltaCrashTest.run(Path.of(arguments[0]), DeltaCrashTest.mode(arguments[1]))) {
            Staged first = run.stage("split-0.0", rows.slice(0, 1));
            Staged second = run.stage("split-1.0", rows.slice(1, 2));
            Files.write(Path.of(arguments[2]), List.of(first.payload(), second.payload()));
            run.commit(first, second);
            run.cleanup();
        }
    }
}
