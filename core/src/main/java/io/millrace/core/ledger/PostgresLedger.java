package io.millrace.core.ledger;

import io.millrace.api.Claims;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ledger in a schema of a PostgreSQL database, for runs that are begun on one machine and resumed on another. Claims and
 * rejected rows are kept there too, before the result that names them; the state folder holds this machine's working copies. Leases go by the server's clock. A connection that breaks is made anew. The driver is found at run time.
 */
public final class PostgresLedger extends SqlLedger {
    private static final RetryPolicy RETRY = new RetryPolicy(9, Duration.ofMillis(200), Duration.ofSeconds(5));

    private final StateServer server;
    private final Path stateFolder;
    /** Null where it has to be made. */
    private Connection connection;

    private PostgresLedger(StateServer server, Path stateFolder) {
        super(" FOR SHARE", " FOR UPDATE", "number");
        this.server = server;
        this.stateFolder = stateFolder;
    }

    /** Opens the ledger, creating its tables where they are not there. */
    public static PostgresLedger open(StateServer server, Path stateFolder) {
        try {
            StateFolder.create(stateFolder);
        } catch (IOException failed) {
            throw MillraceException.denied(
                    "cannot make the folder " + stateFolder + " for working copies (" + failed + ")", failed);
        }
        PostgresLedger ledger = new PostgresLedger(server, stateFolder);
        try {
            PostgresSchema.migrate(ledger.connected());
            return ledger;
        } catch (SQLException failed) {
            ledger.drop();
            throw StateFailure.of(server, failed);
        } catch (MillraceException failed) {
            ledger.drop();
            throw failed;
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(server.jdbcUrl(), server.driverProperties());
        }
        return connection;
    }

    private void drop() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException dead) {
                // That is why it is dropped.
            }
            connection = null;
        }
    }

    @Override
    <T> T once(Work<T> work) {
        // Before anything is done there is no harm in trying again.
        repeatably(connection -> null);
        return transaction(work, RetryPolicy.NONE);
    }

    @Override
    <T> T repeatably(Work<T> work) {
        return transaction(work, RETRY);
    }

    @Override
    <T> T read(Work<T> work) {
        return transaction(work, RETRY);
    }

    private synchronized <T> T transaction(Work<T> work, RetryPolicy retry) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction(work);
            } catch (SQLException failed) {
                if (!StateFailure.isPassing(failed) || attempt >= retry.attempts()) {
                    throw StateFailure.of(server, failed);
                }
                pause(retry.delay(attempt));
            }
        }
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        Connection live = connected();
        try {
            // In one statement, so that a pool which hands out a backend per transaction does no harm.
            execute(
                    live,
                    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL search_path TO " + PostgresSchema.NAME
                            + "; SET LOCAL synchronous_commit TO on");
            T result = work.run(live);
            execute(live, "COMMIT");
            return result;
        } catch (SQLException | RuntimeException failed) {
            rollBack(live);
            throw failed;
        }
    }

    private void rollBack(Connection live) {
        try {
            execute(live, "ROLLBACK");
        } catch (SQLException broken) {
            drop();
        }
    }

    private static void execute(Connection live, String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void pause(Duration time) {
        try {
            // A server that restarts tells nobody when it is back.
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "waiting for the ledger was stopped", stop);
        }
    }

    @Override
    long clock(Connection live) throws SQLException {
        return Statements.select(
                        live,
                        "SELECT (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) * 1000)::bigint",
                        row -> row.getLong(1))
                .get(0);
    }

    @Override
    public void keepFiles(Lease lease, String runId, PieceResult result) {
        if (result.claims().isEmpty() && result.rejects().isEmpty()) {
            return;
        }
        repeatably(live -> {
            requireHeld(live, lease);
            RunRecord run = requireRun(live, runId);
            RunLayout layout = layout(run);
            for (Claims claims : result.claims()) {
                KeptFiles.put(live, runId, KeptFiles.Kind.CLAIMS, layout.claims(), claims.file());
            }
            // Where the pipeline names a place for rejects, that is where people look for them.
            if (result.rejects().isPresent() && run.rejects().isEmpty()) {
                String name = result.rejects().get().payload();
                KeptFiles.put(live, runId, KeptFiles.Kind.REJECTS, layout.rejects(), name);
            }
            return null;
        });
    }

    @Override
    public void keepLookups(Lease lease, String runId) {
        repeatably(live -> {
            requireHeld(live, lease);
            Path folder = layout(requireRun(live, runId)).lookups();
            // Rows that were read again take the place of those read first.
            KeptFiles.remove(live, runId, KeptFiles.Kind.LOOKUPS);
            try (Stream<Path> files = Files.list(folder)) {
                List<String> names = files.map(file -> file.getFileName().toString())
                        .filter(name -> !name.startsWith("."))
                        .toList();
                for (String name : names) {
                    KeptFiles.put(live, runId, KeptFiles.Kind.LOOKUPS, folder, name);
                }
            } catch (IOException failed) {
                throw MillraceException.unavailable("cannot read " + folder + " (" + failed + ")", failed);
            }
            return null;
        });
    }

    @Override
    void dropFiles(Connection live, String runId, RunState state) throws SQLException {
        KeptFiles.drop(live, runId, state);
    }

    @Override
    public void fetchFiles(RunRecord run) {
        RunLayout layout = layout(run);
        List<PieceResult> results = results(run.id());
        read(live -> {
            for (String name : KeptFiles.names(live, run.id(), KeptFiles.Kind.LOOKUPS)) {
                KeptFiles.fetch(live, run.id(), KeptFiles.Kind.LOOKUPS, layout.lookups(), name);
            }
            for (PieceResult result : results) {
                for (Claims claims : result.claims()) {
                    KeptFiles.fetch(live, run.id(), KeptFiles.Kind.CLAIMS, layout.claims(), claims.file());
                }
                if (result.rejects().isPresent() && run.rejects().isEmpty()) {
                    Staged rejects = result.rejects().get();
                    KeptFiles.fetch(live, run.id(), KeptFiles.Kind.REJECTS, layout.rejects(), rejects.payload());
                }
            }
            return null;
        });
    }

    private RunLayout layout(RunRecord run) {
        return new RunLayout(stateFolder, run.id(), run.rejects());
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
