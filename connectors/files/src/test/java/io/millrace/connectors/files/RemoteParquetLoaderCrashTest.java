package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.CommitResult;
import io.millrace.api.Failpoint;
import io.millrace.api.Staged;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.loader.StagingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kills a process at the N-th point of a commit to S3, for every N, and looks at what a successor makes of it. */
@Execution(ExecutionMode.CONCURRENT)
class RemoteParquetLoaderCrashTest {
    private static final ParquetTargetSettings.Mode MODE = ParquetTargetSettings.Mode.OVERWRITE_PARTITIONS;

    @TempDir
    Path folder;

    private final EmbeddedS3 server = EmbeddedS3.shared();

    private RemoteTarget target() {
        return new RemoteTarget(
                "s3://" + server.createBucket() + "/lake", server.endpoint(), server.accessKey(), server.secretKey());
    }

    private static StagingRun run(RemoteTarget target, ParquetTargetSettings.Mode mode, String unit) {
        return new StagingRun(
                target.loader(mode, List.of("p")), ParquetLoaderCrashTest.SCHEMA, ParquetLoaderCrashTest.LINEAGE, unit);
    }

    @Test
    void aSuccessorFinishesWhateverStepTheCommitDiedAt() throws Exception {
        List<Map<String, Object>> expected = new ArrayList<>(ParquetLoaderCrashTest.NEW.records());
        expected.add(ParquetLoaderCrashTest.OLD.record(0));
        // First a process that nothing kills: those that follow start quicker for it.
        int step = 0;
        ChildExit exit;
        do {
            RemoteTarget target = target();
            try (StagingRun run = run(target, ParquetTargetSettings.Mode.APPEND, "run-0")) {
                run.commit(run.stage("split-0.0", ParquetLoaderCrashTest.OLD));
            }
            exit = commitInAProcess(target, step);
            assertThat(exit.killed() || exit.code() == 0).as("%s", exit).isTrue();
            try (StagingRun successor = run(target, MODE, "run-1")) {
                Staged[] staged = stagedBy(exit);
                assertThat(successor.commit(staged)).isIn(CommitResult.COMMITTED, CommitResult.ALREADY_COMMITTED);
                assertThat(successor.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
                successor.cleanup();
            }
            assertThat(target.visible(folder)).as("step %d", step).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(target.leftovers()).as("step %d", step).isZero();
        } while (step++ == 0 || exit.killed());
        assertThat(step).isGreaterThan(7);
    }

    private ChildExit commitInAProcess(RemoteTarget target, int step) {
        ChildJvm process = ChildJvm.of(RemoteCommitMain.class.getName())
                .withArguments(target.place(), target.endpoint(), target.accessKey(), MODE.name())
                .withVariable("SECRET_KEY", target.secretKey());
        return (step == 0 ? process : process.withFailpoint(Failpoint.MID_COMMIT, step, ChildJvm.Action.KILL))
                .run(Duration.ofSeconds(60));
    }

    private static Staged[] stagedBy(ChildExit exit) {
        return exit.output()
                .lines()
                .filter(line -> line.startsWith("staged "))
                .map(line -> new Staged(StagedObject.CONNECTOR, StagedObject.VERSION, line.substring(7), 1))
                .toArray(Staged[]::new);
    }
}
