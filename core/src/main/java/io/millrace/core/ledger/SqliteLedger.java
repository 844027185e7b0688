package io.millrace.core.ledger;

import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * The ledger in one SQLite file, {@code ledger.db} of the state folder: write-ahead log, every commit forced to the disk.
 * Several processes may use it at once.
 */
public final class SqliteLedger extends SqlLedger {
    private final Connection connection;
    private final Path file;

    private SqliteLedger(Connection connection, Path file) {
        // One writer at a time: nothing has to be locked.
        super("", "", "rowid");
        this.connection = connection;
        this.file = file;
    }

    /** Opens the ledger of a state folder, creating both (the folder for its owner's eyes only). */
    public static SqliteLedger open(Path stateFolder) {
        Path file = stateFolder.resolve("ledger.db");
        try {
            StateFolder.create(stateFolder);
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 30000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                LedgerSchema.migrate(connection);
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
            return new SqliteLedger(connection, file);
        } catch (IOException | SQLException failed) {
            throw MillraceException.denied(
                    "cannot open the ledger " + file + " (" + reason(failed)
                            + "); make the folder writable, or name another one with --state",
                    failed);
        }
    }

    /** The driver hides behind "Error opening connection" what the system said. */
    private static String reason(Exception failed) {
        Throwable cause = failed.getCause();
        return cause == null || cause.getMessage() == null
                ? failed.getMessage()
                : failed.getMessage() + ": " + cause.getMessage();
    }

    @Override
    <T> T once(Work<T> work) {
        return transaction(work);
    }

    @Override
    <T> T repeatably(Work<T> work) {
        return transaction(work);
    }

    @Override
    synchronized <T> T read(Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException failed) {
            throw failed("read", failed);
        }
    }

    private synchronized <T> T transaction(Work<T> work) {
        try {
            execute("BEGIN IMMEDIATE");
            try {
                T result = work.run(connection);
                execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException failed) {
                execute("ROLLBACK");
                throw failed;
            }
        } catch (SQLException failed) {
            throw failed("write", failed);
        }
    }

    private MillraceException failed(String what, SQLException cause) {
        return MillraceException.unavailable(
                "cannot " + what + " the ledger " + file + " (" + cause.getMessage()
                        + "); check the disk's free space and permissions",
                cause);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    long clock(Connection ignored) {
        return Instant.now().toEpochMilli();
    }

    /** They lie beside the ledger already. */
    @Override
    public void keepFiles(Lease lease, String runId, PieceResult result) {}

    @Override
    public void keepLookups(Lease lease, String runId) {}

    @Override
    void dropFiles(Connection ignored, String runId, RunState state) {}

    @Override
    public void fetchFiles(RunRecord run) {}

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw failed("close", failed);
        }
    }
}
