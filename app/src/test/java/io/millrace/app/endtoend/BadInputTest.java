package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.crash.Events;
import io.millrace.app.crash.Layout;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said in one clear message, with the right exit code, and nothing is half done. */
class BadInputTest {
    private static Events events;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void fill() throws Exception {
        events = Events.load(100, 19);
    }

    @BeforeEach
    void create() {
        workspace = Workspace.create(folder, events.database(), Layout.APPEND.pipeline(1, 5_000, 1_000));
    }

    /** Ends with this code and one message; returns it. */
    private String refused(ChildExit exit, int code) {
        assertThat(exit.code()).as("%s", exit).isEqualTo(code);
        assertThat(exit.errors()).as("%s", exit).contains("error").doesNotContain("\tat ", "defect of Millrace");
        String message = Workspace.report(exit).path("error").asText();
        assertThat(message).as("%s", exit).isNotBlank();
        assertThat(Workspace.report(exit).path("status").asText()).isEqualTo("failed");
        assertThat(exit.output().strip().lines()).hasSize(1);
        assertThat(Files.exists(workspace.target().resolve("_SUCCESS"))).isFalse();
        return message;
    }

    @Test
    void aWrongPasswordIsNamedAndNotShown() {
        ChildExit exit =
                workspace.run().withVariable("PGPASSWORD", "n0t-the-passw0rd").run(Workspace.PATIENCE);
        assertThat(refused(exit, 1)).contains("password");
        assertThat(exit.toString()).doesNotContain("n0t-the-passw0rd");
        assertThat(workspace.target()).doesNotExist();
    }

    @Test
    void aServerThatIsDownIsNamedByHostAndPort() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ChildExit exit = workspace
                .run("--set", "run.retry.attempts=2", "--set", "run.retry.initial=10ms")
                .withVariable("PGURL", "postgresql://127.0.0.1:" + port + "/recommend")
                .run(Workspace.PATIENCE);
        assertThat(refused(exit, 1)).contains("127.0.0.1:" + port);
        assertThat(workspace.target()).doesNotExist();
    }

    @Test
    void aMissingTableIsAnsweredWithTheNearestName() {
        ChildExit exit = workspace
                .run("--set", "extract.postgres.table=public.user_behavior")
                .run(Workspace.PATIENCE);
        assertThat(refused(exit, 2)).contains("user_behaviors");
        assertThat(workspace.target()).doesNotExist();
    }

    @Test
    void aMissingColumnIsAnsweredWithTheNearestName() {
        ChildExit exit = workspace
                .run("--set", "extract.postgres.columns=[event_id, user_id, rating, ts, category, devize]")
                .run(Workspace.PATIENCE);
        assertThat(refused(exit, 2)).contains("devize").contains("device");
    }

    @Test
    void aWrongKeyIsShownWithItsPlaceAndTheNearestKey() {
        workspace.write(Layout.APPEND.pipeline(1, 5_000, 1_000).replace("batch_rows", "batch_row"));
        assertThat(refused(workspace.run().run(Workspace.PATIENCE), 2))
                .containsPattern("pipeline\\.yaml:\\d+:\\d+")
                .contains("batch_rows");
    }

    @Test
    void anUnsetVariableIsNamed() {
        workspace.write(Layout.APPEND.pipeline(1, 5_000, 1_000).replace("PGUSER", "NOT_SET_ANYWHERE"));
        assertThat(refused(workspace.run().run(Workspace.PATIENCE), 2)).contains("NOT_SET_ANYWHERE");
    }

    @Test
    void aFileInPlaceOfTheTargetIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("lake"), "mine");
        assertThat(refused(workspace.run().run(Workspace.PATIENCE), 2)).contains("is a file");
        assertThat(folder.resolve("lake")).hasContent("mine");
    }

    @Test
    void aStateFolderThatIsAFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("state"), "mine");
        ChildExit exit = workspace.run("--state", "state").run(Workspace.PATIENCE);
        assertThat(refused(exit, 1)).contains("ledger").contains("--state");
        assertThat(workspace.target()).doesNotExist();
    }
}
