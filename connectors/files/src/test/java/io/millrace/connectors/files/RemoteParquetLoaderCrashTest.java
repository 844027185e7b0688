package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.CommitResult;
import io.millrace.api.Staged;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.loader.StagingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process at the N-th point of a commit to S3, for every N, and looks at what a successor makes of it. */
class RemoteParquetLoaderCrashTest {
    private static final int KILLED = 137;
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
        int step = 0;
        int exit;
        do {
            step++;
            RemoteTarget target = target();
            try (StagingRun run = run(target, ParquetTargetSettings.Mode.APPEND, "run-0")) {
                run.commit(run.stage("split-0.0", ParquetLoaderCrashTest.OLD));
            }
            exit = commitInAProcess(target, step);
            assertThat(exit).isIn(0, KILLED);
            try (StagingRun successor = run(target, MODE, "run-1")) {
                Staged[] staged = stagedBy(step);
                assertThat(successor.commit(staged)).isIn(CommitResult.COMMITTED, CommitResult.ALREADY_COMMITTED);
                assertThat(successor.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
                successor.cleanup();
            }
            assertThat(target.visible(folder)).as("step %d", step).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(target.leftovers()).as("step %d", step).isZero();
        } while (exit == KILLED);
        assertThat(step).isGreaterThan(6);
    }

    private int commitInAProcess(RemoteTarget target, int step) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Dmillrace.failpoint=mid-commit:" + step + ":kill",
                        RemoteCommitMain.class.getName(),
                        target.place(),
                        target.endpoint(),
                        target.accessKey(),
                        MODE.name())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("staged-" + step).toFile());
        builder.environment().put("SECRET_KEY", target.secretKey());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Staged[] stagedBy(int step) throws IOException {
        return Files.readAllLines(folder.resolve("staged-" + step)).stream()
                .filter(line -> line.startsWith("staged "))
                .map(line -> new Staged(StagedObject.CONNECTOR, StagedObject.VERSION, line.substring(7), 1))
                .toArray(Staged[]::new);
    }
}
