package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.CommitResult;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.loader.StagingRun;
import io.millrace.testkit.network.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Ends a commit to S3 at every place where it changes something there, and looks at what a successor makes of it. All that
 * the commit has done is on the server, so that a process whose network ends is to the server what a killed one is: it
 * leaves the same behind, and can clean up nothing. One process is killed all the same.
 */
@Execution(ExecutionMode.CONCURRENT)
class RemoteParquetLoaderCrashTest {
    private static final ParquetTargetSettings.Mode MODE = ParquetTargetSettings.Mode.OVERWRITE_PARTITIONS;

    @TempDir
    Path folder;

    private final EmbeddedS3 server = EmbeddedS3.shared();

    private RemoteTarget target() {
        RemoteTarget target = new RemoteTarget(
                "s3://" + server.createBucket() + "/lake", server.endpoint(), server.accessKey(), server.secretKey());
        try (StagingRun run = run(target, ParquetTargetSettings.Mode.APPEND, "run-0")) {
            run.commit(run.stage("split-0.0", ParquetLoaderCrashTest.OLD));
        }
        return target;
    }

    private static StagingRun run(RemoteTarget target, ParquetTargetSettings.Mode mode, String unit) {
        return new StagingRun(
                target.loader(mode, List.of("p")), ParquetLoaderCrashTest.SCHEMA, ParquetLoaderCrashTest.LINEAGE, unit);
    }

    private void assertSuccessorFinishes(RemoteTarget target, Staged[] staged, String what) {
        try (StagingRun successor = run(target, MODE, "run-1")) {
            assertThat(successor.commit(staged)).isIn(CommitResult.COMMITTED, CommitResult.ALREADY_COMMITTED);
            assertThat(successor.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
            successor.cleanup();
        }
        List<Map<String, Object>> expected = new ArrayList<>(ParquetLoaderCrashTest.NEW.records());
        expected.add(ParquetLoaderCrashTest.OLD.record(0));
        assertThat(target.visible(folder)).as(what).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(target.leftovers()).as(what).isZero();
    }

    @Test
    void aSuccessorFinishesWhateverChangeTheCommitDiedBefore() {
        int step = 0;
        boolean died;
        do {
            step++;
            RemoteTarget target = target();
            try (FaultProxy network = FaultProxy.before("127.0.0.1", server.port())) {
                StagingRun dying = run(target.by("http://127.0.0.1:" + network.port()), MODE, "run-1");
                Staged[] staged = {
                    dying.stage("split-0.0", ParquetLoaderCrashTest.NEW.slice(0, 1)),
                    dying.stage("split-1.0", ParquetLoaderCrashTest.NEW.slice(1, 2))
                };
                endBeforeChange(network, step);
                died = !commits(dying, staged);
                // Whatever it tries now, nothing arrives.
                dying.close();
                assertSuccessorFinishes(target, staged, "before change " + step);
            }
        } while (died);
        assertThat(step).isGreaterThan(7);
    }

    private static void endBeforeChange(FaultProxy network, int number) {
        AtomicInteger changes = new AtomicInteger();
        network.loseAnswerTo(request -> {
            String verb = new String(request, 0, Math.min(7, request.length), StandardCharsets.ISO_8859_1);
            if (verb.matches("(PUT|POST|DELETE) .*") && changes.incrementAndGet() == number) {
                network.refuse();
            }
            return false;
        });
    }

    private static boolean commits(StagingRun run, Staged[] staged) {
        try {
            run.commit(staged);
            return true;
        } catch (MillraceException cut) {
            return false;
        }
    }

    @Test
    void aSuccessorFinishesWhatAKilledProcessBegan() {
        long seed = System.nanoTime();
        int step = 1 + new Random(seed).nextInt(7);
        RemoteTarget target = target();
        ChildExit exit = ChildJvm.of(RemoteCommitMain.class.getName())
                .withArguments(target.place(), target.endpoint(), target.accessKey(), MODE.name())
                .withVariable("SECRET_KEY", target.secretKey())
                .withFailpoint(Failpoint.MID_COMMIT, step, ChildJvm.Action.KILL)
                .run(Duration.ofSeconds(60));
        assertThat(exit.killed()).as("step %d: %s", step, exit).isTrue();
        assertSuccessorFinishes(target, stagedBy(exit), "killed at step " + step);
    }

    private static Staged[] stagedBy(ChildExit exit) {
        return exit.output()
                .lines()
                .filter(line -> line.startsWith("staged "))
                .map(line -> new Staged(StagedObject.CONNECTOR, StagedObject.VERSION, line.substring(7), 1))
                .toArray(Staged[]::new);
    }
}
