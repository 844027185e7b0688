package io.millrace.core.ledger;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.DefinitionFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger in one SQLite file, {@code ledger.db} of the state folder: write-ahead log, every commit forced to the disk.
 * Several processes may use it at once.
 */
public final class SqliteLedger implements Ledger {
    private final Connection connection;
    private final Path file;
    private final Owner owner = Owner.current();

    private SqliteLedger(Connection connection, Path file) {
        this.connection = connection;
        this.file = file;
    }

    /** Opens the ledger of a state folder, creating both (the folder for its owner's eyes only). */
    public static SqliteLedger open(Path stateFolder) {
        Path file = stateFolder.resolve("ledger.db");
        try {
            createPrivateFolder(stateFolder);
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

    private static void createPrivateFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    @Override
    public Lease acquire(RunKey key) {
        String text = key.toString();
        return write(() -> {
            long epoch = 1;
            try (PreparedStatement select = statement(
                            "SELECT epoch, host, pid, process_start, heartbeat FROM leases WHERE key = ?", text);
                    ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    epoch = row.getLong(1) + 1;
                    if (row.getString(2) != null) {
                        Owner holder = new Owner(row.getString(2), row.getLong(3), row.getLong(4));
                        Instant heartbeat = Instant.ofEpochMilli(row.getLong(5));
                        refuseWhereAlive(key, holder, heartbeat);
                    }
                }
            }
            execute(
                    "INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?, ?)",
                    text,
                    epoch,
                    owner.host(),
                    owner.pid(),
                    owner.processStart(),
                    Instant.now().toEpochMilli());
            return new Lease(text, epoch);
        });
    }

    private void refuseWhereAlive(RunKey key, Owner holder, Instant heartbeat) {
        boolean dead = holder.isDeadHere()
                || !holder.host().equals(owner.host())
                        && heartbeat.plus(LEASE_TIMEOUT).isBefore(Instant.now());
        if (!dead) {
            throw new MillraceException(
                    ErrorKind.BUSY,
                    "another run of " + key + " is under way (" + holder + ", last heard of at " + heartbeat
                            + "); wait for it, or stop it");
        }
    }

    @Override
    public void heartbeat(Lease lease) {
        write(() -> {
            requireHeld(lease);
            execute(
                    "UPDATE leases SET heartbeat = ? WHERE key = ?",
                    Instant.now().toEpochMilli(),
                    lease.key());
            return null;
        });
    }

    @Override
    public void release(Lease lease) {
        write(() -> {
            execute("UPDATE leases SET host = NULL WHERE key = ? AND epoch = ?", lease.key(), lease.epoch());
            return null;
        });
    }

    private void requireHeld(Lease lease) throws SQLException {
        try (PreparedStatement select = statement("SELECT epoch FROM leases WHERE key = ?", lease.key());
                ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getLong(1) != lease.epoch()) {
                throw new MillraceException(
                        ErrorKind.FENCED,
                        "another process has taken over " + lease.key()
                                + "; this one stops, what it had not handed in yet is dropped");
            }
        }
    }

    @Override
    public void begin(Lease lease, RunRecord run) {
        Optional<TimeWindow> window = run.key().window();
        write(() -> {
            requireHeld(lease);
            execute(
                    "INSERT INTO runs (id, pipeline, window_start, window_end, scope, state, definition, file, overrides, mode,"
                            + " source, target, rejects, seed, started) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    run.id(),
                    run.key().pipeline(),
                    window.flatMap(TimeWindow::start).map(Instant::toString).orElse(null),
                    window.flatMap(TimeWindow::end).map(Instant::toString).orElse(null),
                    run.key().scope(),
                    RunState.RUNNING.name(),
                    run.definition().toJson(),
                    run.file().map(Path::toString).orElse(null),
                    ResultJson.write(run.overrides()),
                    run.mode().name(),
                    run.source(),
                    run.target(),
                    run.rejects().map(Path::toString).orElse(null),
                    run.seed(),
                    run.started().toString());
            return null;
        });
    }

    @Override
    public void changeState(Lease lease, String runId, RunState state, Optional<String> error) {
        write(() -> {
            requireHeld(lease);
            RunState current = requireRun(runId).state();
            if (!current.mayBecome(state)) {
                throw new IllegalStateException("run " + runId + " cannot go from " + current + " to " + state);
            }
            boolean ended = state != RunState.RUNNING && state != RunState.COMMITTING;
            execute(
                    "UPDATE runs SET state = ?, ended = ?, error = ? WHERE id = ?",
                    state.name(),
                    ended ? Instant.now().toString() : null,
                    error.orElse(null),
                    runId);
            return null;
        });
    }

    @Override
    public void planned(Lease lease, String runId, RunRecord.Pin pin, Iterable<Split> splits) {
        write(() -> {
            requireHeld(lease);
            execute(
                    "DELETE FROM splits WHERE run = ? AND finished = 0"
                            + " AND NOT EXISTS (SELECT 1 FROM pieces p WHERE p.run = splits.run AND p.split = splits.id)",
                    runId);
            try (PreparedStatement insert =
                    statement("INSERT INTO splits (run, place, id, version, payload, estimated_rows, estimated_bytes)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                int place = 0;
                for (Split split : splits) {
                    bind(
                            insert,
                            runId,
                            place++,
                            split.id(),
                            split.version(),
                            split.payload(),
                            split.estimatedRows(),
                            split.estimatedBytes());
                    insert.executeUpdate();
                }
            }
            execute(
                    "UPDATE runs SET pin = ?, repeatability = ?, next_position = ?, schema = ? WHERE id = ?",
                    pin.text(),
                    pin.repeatability().name(),
                    pin.nextPosition().orElse(null),
                    ResultJson.write(pin.schema()),
                    runId);
            return null;
        });
    }

    @Override
    public List<RemainingSplit> unfinished(String runId) {
        return query(
                "SELECT s.id, s.version, s.payload, s.estimated_rows, s.estimated_bytes, count(p.piece)"
                        + " FROM splits s LEFT JOIN pieces p ON p.run = s.run AND p.split = s.id"
                        + " WHERE s.run = ? AND s.finished = 0 GROUP BY s.id ORDER BY s.place",
                row -> {
                    Split split = new Split(
                            row.getString(1), row.getInt(2), row.getString(3), row.getLong(4), row.getLong(5));
                    int pieces = row.getInt(6);
                    return new RemainingSplit(
                            split, pieces, pieces == 0 ? Optional.empty() : resumePoint(runId, split, pieces - 1));
                },
                runId);
    }

    private Optional<String> resumePoint(String runId, Split split, int piece) {
        return query(
                        "SELECT result FROM pieces WHERE run = ? AND piece = ?",
                        row -> ResultJson.read(row.getString(1), Counts.ZERO),
                        runId,
                        split.id() + "." + piece)
                .get(0)
                .resumePoint();
    }

    @Override
    public int splitCount(String runId) {
        return query("SELECT count(*) FROM splits WHERE run = ?", row -> row.getInt(1), runId)
                .get(0);
    }

    @Override
    public boolean staged(Lease lease, String runId, String splitId, PieceResult result) {
        return write(() -> {
            requireHeld(lease);
            RunState state = requireRun(runId).state();
            if (state != RunState.RUNNING) {
                throw new IllegalStateException("run " + runId + " is " + state + " and takes no more pieces");
            }
            Counts counts = result.counts();
            int stored = execute(
                    "INSERT OR IGNORE INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    runId,
                    result.task().piece(),
                    splitId,
                    counts.extracted(),
                    counts.transformed(),
                    counts.loaded(),
                    counts.filtered(),
                    counts.deduplicated(),
                    counts.rejected(),
                    ResultJson.write(result));
            if (result.resumePoint().isEmpty()) {
                execute("UPDATE splits SET finished = 1 WHERE run = ? AND id = ?", runId, splitId);
            }
            return stored == 1;
        });
    }

    @Override
    public List<PieceResult> results(String runId) {
        return query(
                "SELECT extracted, transformed, loaded, filtered, deduplicated, rejected, result FROM pieces p"
                        + " JOIN splits s ON s.run = p.run AND s.id = p.split WHERE p.run = ? ORDER BY s.place, length(p.piece), p.piece",
                row -> ResultJson.read(row.getString(7), counts(row)),
                runId);
    }

    @Override
    public Counts counts(String runId) {
        return query(
                        "SELECT sum(extracted), sum(transformed), sum(loaded), sum(filtered), sum(deduplicated),"
                                + " sum(rejected) FROM pieces WHERE run = ?",
                        SqliteLedger::counts,
                        runId)
                .get(0);
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        return runsWhere("id = ?", 1, runId).stream().findFirst();
    }

    private RunRecord requireRun(String runId) {
        return run(runId).orElseThrow(() -> new IllegalStateException("the ledger has no run " + runId));
    }

    @Override
    public Optional<RunRecord> latest(RunKey key) {
        return runsWhere("pipeline = ? AND scope = ? AND state <> 'DISCARDED'", 1, key.pipeline(), key.scope()).stream()
                .findFirst();
    }

    @Override
    public List<RunRecord> runs(Optional<String> pipeline, Set<RunState> states, int limit) {
        if (states.isEmpty()) {
            return List.of();
        }
        String wanted = "state IN (" + String.join(", ", Collections.nCopies(states.size(), "?")) + ")";
        List<Object> parameters =
                new ArrayList<>(states.stream().map(RunState::name).toList());
        pipeline.ifPresent(parameters::add);
        return runsWhere(wanted + (pipeline.isPresent() ? " AND pipeline = ?" : ""), limit, parameters.toArray());
    }

    @Override
    public Optional<Instant> lastHeartbeat(RunKey key) {
        return query(
                        "SELECT heartbeat FROM leases WHERE key = ? AND host IS NOT NULL",
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        key.toString())
                .stream()
                .findFirst();
    }

    private List<RunRecord> runsWhere(String condition, int limit, Object... parameters) {
        return query(
                "SELECT * FROM runs WHERE " + condition + " ORDER BY started DESC, id DESC LIMIT " + limit,
                SqliteLedger::runRecord,
                parameters);
    }

    private static RunRecord runRecord(ResultSet row) throws SQLException {
        Optional<TimeWindow> window = TimeWindow.between(
                instant(row, "window_start").orElse(null),
                instant(row, "window_end").orElse(null));
        Optional<RunRecord.Pin> pin = row.getString("pin") == null
                ? Optional.empty()
                : Optional.of(new RunRecord.Pin(
                        row.getString("pin"),
                        Repeatability.valueOf(row.getString("repeatability")),
                        Optional.ofNullable(row.getString("next_position")),
                        ResultJson.readSchema(row.getString("schema"))));
        return new RunRecord(
                row.getString("id"),
                new RunKey(row.getString("pipeline"), window),
                RunState.valueOf(row.getString("state")),
                DefinitionFingerprint.parse(row.getString("definition")),
                Optional.ofNullable(row.getString("file")).map(Path::of),
                ResultJson.readTexts(row.getString("overrides")),
                WriteMode.valueOf(row.getString("mode")),
                row.getString("source"),
                row.getString("target"),
                Optional.ofNullable(row.getString("rejects")).map(Path::of),
                row.getLong("seed"),
                pin,
                Instant.parse(row.getString("started")),
                instant(row, "ended"),
                Optional.ofNullable(row.getString("error")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(Instant::parse);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw failed("close", failed);
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private interface Mapping<T> {
        T map(ResultSet row) throws SQLException;
    }

    private synchronized <T> T write(Work<T> work) {
        try {
            execute("BEGIN IMMEDIATE");
            try {
                T result = work.run();
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

    private synchronized <T> List<T> query(String sql, Mapping<T> mapping, Object... parameters) {
        try (PreparedStatement select = statement(sql, parameters);
                ResultSet rows = select.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapping.map(rows));
            }
            return found;
        } catch (SQLException failed) {
            throw failed("read", failed);
        }
    }

    private MillraceException failed(String what, SQLException cause) {
        return MillraceException.unavailable(
                "cannot " + what + " the ledger " + file + " (" + cause.getMessage()
                        + "); check the disk's free space and permissions",
                cause);
    }

    private int execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = statement(sql, parameters)) {
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    private PreparedStatement statement(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, parameters);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
