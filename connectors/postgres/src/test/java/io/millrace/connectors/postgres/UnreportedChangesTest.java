package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.PinState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Sessions whose changes the server's counters may not show yet. These tests run at once, because each waits for what the
 * server does ten seconds later; beside no other class, whose transactions could hold the horizon back.
 */
class UnreportedChangesTest extends InterruptedRuns {
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anUpdateThatItsSessionHasNotReportedYetIsNotOverlooked() throws SQLException {
        Interrupted run = interrupted(2);
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            // The first statement reports at once; the update within a second of it is held back.
            statement.execute("INSERT INTO t VALUES (20000, 'later')");
            statement.execute("UPDATE t SET note = 'moved' WHERE id = 2900");
            assertThat(check(run)).isEqualTo(PinState.RESTART);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aSessionOfWhichNothingIsKnownMakesTheRunBeginAnew() throws SQLException {
        Interrupted run = interrupted(2);
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO t VALUES (20000, 'later')");
            statement.execute("UPDATE t SET note = 'moved' WHERE id = 2900");
            writer.setAutoCommit(false);
            // It stays in a transaction, and so reports nothing.
            statement.execute("SELECT 1");
            assertThat(check(run)).isEqualTo(PinState.RESTART);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWriterThatOnlyInsertsAndStaysConnectedDoesNotPreventResuming() throws SQLException {
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO t VALUES (20000, 'before')");
            Interrupted run = interrupted(2);
            statement.execute("INSERT INTO t VALUES (20001, 'later')");
            assertThat(resumed(run)).contains(20_000L).doesNotContain(20_001L).hasSize(ROWS + 1);
        }
    }
}
