package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was taken for dead wakes up when another has done its work. */
class ZombieTest {
    private static Verdict verdict;

    @TempDir
    Path folder;

    @BeforeAll
    static void fill() throws Exception {
        verdict = new Verdict(Events.load(20_000, 17));
    }

    @Test
    void itsLatePiecesAreRefusedWhereTheRunWentOn() throws SQLException {
        refused(overtaken("staged", true));
    }

    @Test
    void itsLatePiecesAreRefusedWhereTheRunWasBegunAnew() throws SQLException {
        // A session that may have changed rows and not told yet: the successor waits for it, then trusts nothing.
        refused(overtaken("staged", false));
    }

    private static void refused(ChildExit late) {
        assertThat(late.code()).as("%s", late).isEqualTo(1);
        assertThat(Workspace.report(late).path("error").asText()).contains("taken over");
    }

    @Test
    void itDoesNoHarmInItsCommit() throws SQLException {
        assertThat(overtaken("committing", true).code()).isIn(0, 1);
    }

    private ChildExit overtaken(String event, boolean insertOnly) throws SQLException {
        Layout layout = Layout.APPEND;
        Workspace workspace = Workspace.create(
                folder,
                verdict.events().database(),
                layout.pipeline(1, 1_500, 200)
                        .replace("split_rows", "insert_only: " + insertOnly + "\n    split_rows"));
        try (ChildProcess zombie = workspace.run().start()) {
            assertThat(zombie.awaitErrorText("\"event\":\"" + event + "\"", Workspace.PATIENCE))
                    .isTrue();
            zombie.signal("STOP");
            while (!pretendItIsElsewhereAndSilent(workspace)) {
                // It was stopped within a transaction of its ledger's, which nobody can write to then.
                zombie.signal("CONT");
                zombie.signal("STOP");
            }
            ChildExit late;
            try (ChildProcess successor = workspace.run().start()) {
                // A process that is stopped in its commit holds the lock of the target, so it must wake up some time.
                boolean waits = event.equals("committing");
                ChildExit ended = waits ? null : successor.await(Workspace.PATIENCE);
                zombie.signal("CONT");
                late = zombie.await(Workspace.PATIENCE);
                verdict.accept(workspace, layout, waits ? successor.await(Workspace.PATIENCE) : ended);
            }
            verdict.accept(workspace, layout, workspace.run().run(Workspace.PATIENCE));
            return late;
        }
    }

    /** On this host a living owner is never replaced; on another one, after half a minute without a sign of life. */
    private static boolean pretendItIsElsewhereAndSilent(Workspace workspace) throws SQLException {
        try (Connection ledger = DriverManager.getConnection(
                        "jdbc:sqlite:" + workspace.state().resolve("ledger.db"));
                Statement statement = ledger.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 1000");
            assertThat(statement.executeUpdate("UPDATE leases SET host = 'elsewhere', heartbeat = 0"))
                    .isEqualTo(1);
            return true;
        } catch (SQLException failed) {
            if (failed.getMessage().contains("SQLITE_BUSY")) {
                return false;
            }
            throw failed;
        }
    }
}
