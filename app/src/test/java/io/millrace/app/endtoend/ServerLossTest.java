package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.crash.Events;
import io.millrace.app.crash.Layout;
import io.millrace.app.crash.Verdict;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server goes away, or changes, in the middle of a run. */
class ServerLossTest {
    private static EmbeddedPostgres server;
    private static Verdict verdict;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
        verdict = new Verdict(Events.load(server.createDatabase(), 30_000, 31));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void create() {
        workspace = Workspace.create(folder, verdict.events().database(), Layout.APPEND.pipeline(2, 1_000, 200));
    }

    private interface Disturbance {
        void happen() throws SQLException;
    }

    /** Stops the run when the first piece is staged, lets something happen, and lets it go on. */
    private ChildExit disturbed(Disturbance disturbance) throws SQLException {
        try (ChildProcess running = workspace.run().start()) {
            assertThat(running.awaitErrorText("\"event\":\"staged\"", Workspace.PATIENCE))
                    .isTrue();
            running.signal("STOP");
            disturbance.happen();
            running.signal("CONT");
            return running.await(Workspace.PATIENCE);
        }
    }

    private void acceptAgain() {
        verdict.accept(workspace, Layout.APPEND, workspace.run().run(Workspace.PATIENCE));
    }

    @Test
    void aServerThatDiedIsNamedAndTheRunGoesOnLater() throws SQLException {
        try {
            ChildExit failed = disturbed(server::kill);
            assertThat(failed.code()).as("%s", failed).isEqualTo(1);
            assertThat(Workspace.report(failed).path("error").asText()).contains("127.0.0.1:" + server.port());
            assertThat(failed.errors()).contains("\"event\":\"retrying\"").doesNotContain("\tat ");
        } finally {
            server.start();
        }
        acceptAgain();
    }

    @Test
    void aServerThatWasRestartedLosesNoRow() throws SQLException {
        acceptSurvivedOrResumable(disturbed(server::restart));
    }

    @Test
    void endedSessionsLoseNoRow() throws SQLException {
        acceptSurvivedOrResumable(disturbed(server::terminateBackends));
    }

    private void acceptSurvivedOrResumable(ChildExit exit) {
        assertThat(exit.code()).as("%s", exit).isIn(0, 1);
        if (exit.code() == 1) {
            assertThat(Workspace.report(exit).path("error").asText()).contains("127.0.0.1:" + server.port());
        }
        acceptAgain();
    }

    @Test
    void aColumnCannotBeDroppedWhileItIsRead() throws SQLException {
        ChildExit exit = disturbed(() -> {
            try (Connection connection = verdict.events().database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '200ms'");
                assertThatThrownBy(() -> statement.execute("ALTER TABLE public.user_behaviors DROP COLUMN page"))
                        .hasMessageContaining("lock timeout");
            }
        });
        verdict.accept(workspace, Layout.APPEND, exit);
    }
}
