package io.millrace.connectors.files;

import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.testkit.loader.StagingRun;
import java.nio.file.Path;
import java.util.List;

/** Stages two pieces, prints what it staged, and commits: a process for others to kill. */
final class CommitMain {
    private CommitMain() {}

    public static void main(String[] arguments) {
        ParquetLoader loader = new ParquetLoader(
                ParquetLoaderContractTest.settings(ParquetTargetSettings.Mode.valueOf(arguments[1]), List.of("p")),
                Path.of(arguments[0]).resolve("lake"));
        Batch rows = ParquetLoaderCrashTest.NEW;
        try (StagingRun run = new StagingRun(loader, rows.schema(), ParquetLoaderCrashTest.LINEAGE, "run-1")) {
            Staged first = run.stage("split-0.0", rows.slice(0, 1));
            Staged second = run.stage("split-1.0", rows.slice(1, 2));
            System.out.println("staged " + first.payload().replace("\n", " "));
            System.out.println("staged " + second.payload().replace("\n", " "));
            System.out.flush();
            run.commit(first, second);
        }
    }
}
