package io.millrace.connectors.files;

import io.millrace.api.Staged;
import io.millrace.testkit.loader.StagingRun;
import java.util.List;

/** Stages two pieces on S3, prints what it staged, and commits: a process for others to kill. */
final class RemoteCommitMain {
    private RemoteCommitMain() {}

    public static void main(String[] arguments) {
        RemoteTarget target = new RemoteTarget(arguments[0], arguments[1], arguments[2], System.getenv("SECRET_KEY"));
        StagingRun run = new StagingRun(
                target.loader(ParquetTargetSettings.Mode.valueOf(arguments[3]), List.of("p")),
                ParquetLoaderCrashTest.SCHEMA,
                ParquetLoaderCrashTest.LINEAGE,
                "run-1");
        Staged first = run.stage("split-0.0", ParquetLoaderCrashTest.NEW.slice(0, 1));
        Staged second = run.stage("split-1.0", ParquetLoaderCrashTest.NEW.slice(1, 2));
        for (Staged staged : List.of(first, second)) {
            System.out.println("staged " + staged.payload().replace("\n", ""));
        }
        System.out.flush();
        run.commit(first, second);
        System.exit(0);
    }
}
