package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.crash.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are told to stop, killed at no particular place, or in each other's way. */
class SignalTest {
    private static Verdict verdict;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void fill() throws Exception {
        verdict = new Verdict(Events.load(30_000, 13));
    }

    @BeforeEach
    void create() {
        workspace = Workspace.create(
                folder, verdict.events().database(), Layout.APPEND_PARTITIONED.pipeline(1, 1_500, 200));
    }

    /** With signals as a terminal's children have them; a build in the background may have told its children to ignore some. */
    private ChildJvm signalled(ChildJvm command) {
        return command.under(List.of("env", "--default-signal"));
    }

    private void acceptAgain() {
        verdict.accept(workspace, Layout.APPEND_PARTITIONED, workspace.run().run(Workspace.PATIENCE));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void stopsAtABatchBorderAndIsResumable(String signal, int exitCode) {
        try (ChildProcess running = signalled(workspace.run()).start()) {
            assertThat(running.awaitErrorText("\"event\":\"staged\"", Workspace.PATIENCE))
                    .isTrue();
            running.signal(signal);
            ChildExit stopped = running.await(Workspace.PATIENCE);
            assertThat(stopped.code()).as("%s", stopped).isEqualTo(exitCode);
            assertThat(Workspace.report(stopped).path("status").asText()).isEqualTo("stopped");
            assertThat(Workspace.report(stopped).path("error").asText()).contains("run again to resume");
        }
        assertThat(workspace.finishedSplits()).isPositive();
        acceptAgain();
    }

    @Test
    void aSecondSignalEndsItAtOnce() {
        ChildJvm hanging = workspace.run().withFailpoint(Failpoint.MID_READ, 30, ChildJvm.Action.HANG);
        try (ChildProcess running = signalled(hanging).start()) {
            assertThat(running.awaitErrorText("\"event\":\"staged\"", Workspace.PATIENCE))
                    .isTrue();
            running.signal("TERM");
            assertThat(running.awaitErrorText("once more to stop at once", Workspace.PATIENCE))
                    .isTrue();
            assertThat(running.isAlive()).isTrue();
            running.signal("TERM");
            assertThat(running.await(Workspace.PATIENCE).code()).isEqualTo(143);
        }
        acceptAgain();
    }

    @ParameterizedTest
    @CsvSource({"planned", "split_started", "staged", "committing"})
    void survivesAKillWhereverItIs(String event) {
        try (ChildProcess running = workspace.run().start()) {
            assertThat(running.awaitErrorText("\"event\":\"" + event + "\"", Workspace.PATIENCE))
                    .isTrue();
            running.kill();
        }
        acceptAgain();
    }

    @Test
    void aSecondRunOfTheSameIsRefusedWhileTheFirstLives() {
        ChildJvm hanging = workspace.run().withFailpoint(Failpoint.BEFORE_STAGE, 2, ChildJvm.Action.HANG);
        try (ChildProcess running = hanging.start()) {
            assertThat(running.awaitErrorText("\"event\":\"staged\"", Workspace.PATIENCE))
                    .isTrue();
            ChildExit second = workspace.run().run(Workspace.PATIENCE);
            assertThat(second.code()).as("%s", second).isEqualTo(4);
            assertThat(second.errors()).contains("another run of crash all is under way (process " + running.pid());
            assertThat(Workspace.report(second).path("status").asText()).isEqualTo("failed");
            running.kill();
        }
        acceptAgain();
    }
}
