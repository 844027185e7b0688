package io.millrace.core.ledger;

import static io.millrace.core.ledger.Statements.execute;
import static io.millrace.core.ledger.Statements.select;

import io.millrace.api.Counts;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.api.WriteMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What ledgers in SQL databases have in common: all but how a transaction is made, which clock counts, how rows are locked,
 * and where a run's files lie.
 */
abstract class SqlLedger implements Ledger {
    private static final int BATCH = 1_000;
    private static final String RESULT = "extracted, transformed, loaded, filtered, deduplicated, rejected, result";

    private final Owner owner;
    private final LeaseRows leases;
    private final String forShare;
    private final String forUpdate;
    private final String newestFirst;
    private final String number;

    /**
     * @param forShare stands behind a SELECT: others may not change its rows until the transaction's end
     * @param forUpdate stands behind a SELECT: others may not lock them either
     * @param number the column that numbers runs as they are stored: clocks of two machines differ
     */
    SqlLedger(String forShare, String forUpdate, String number) {
        this.owner = Owner.current();
        this.leases = new LeaseRows(owner, forShare, forUpdate);
        this.forShare = forShare;
        this.forUpdate = forUpdate;
        this.number = number;
        this.newestFirst = " ORDER BY " + number + " DESC LIMIT ";
    }

    /** What a transaction does. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** One durable transaction. Where this throws, nothing of it has happened, or that cannot be known. */
    abstract <T> T once(Work<T> work);

    /** The same for work that does no harm when it is done twice: tried again where the connection broke. */
    abstract <T> T repeatably(Work<T> work);

    /** Reads what is committed; tried again where the connection broke. */
    abstract <T> T read(Work<T> work);

    /** The clock that leases go by, in milliseconds. */
    abstract long clock(Connection connection) throws SQLException;

    /** Drops what is kept and a run in this state needs no more; in the transaction of the change. */
    abstract void dropFiles(Connection connection, String runId, RunState state) throws SQLException;

    @Override
    public Lease acquire(RunKey key) {
        return once(connection -> leases.acquire(connection, key, clock(connection)));
    }

    @Override
    public void heartbeat(Lease lease) {
        repeatably(connection -> {
            leases.heartbeat(connection, lease, clock(connection));
            return null;
        });
    }

    @Override
    public void release(Lease lease) {
        repeatably(connection -> {
            leases.release(connection, lease);
            return null;
        });
    }

    @Override
    public Optional<Instant> lastHeartbeat(RunKey key) {
        return read(connection -> leases.lastHeartbeat(connection, key));
    }

    /** Fails as FENCED where another has the lease; for further transactions of an implementation. */
    final void requireHeld(Connection connection, Lease lease) throws SQLException {
        leases.requireHeld(connection, lease);
    }

    @Override
    public void begin(Lease lease, RunRecord run) {
        repeatably(connection -> {
            leases.requireHeld(connection, lease);
            execute(connection, RunRows.INSERT, RunRows.values(run));
            return null;
        });
    }

    @Override
    public void attempted(Lease lease, String runId, Optional<String> scheduledBy) {
        Instant now = Instant.now();
        repeatably(connection -> {
            leases.requireHeld(connection, lease);
            AttemptRows.add(connection, runId, owner, now, scheduledBy);
            return null;
        });
    }

    @Override
    public List<Attempt> attempts(String runId) {
        return read(connection -> AttemptRows.read(connection, runId));
    }

    @Override
    public void changeState(Lease lease, String runId, RunState state, Optional<String> error) {
        repeatably(connection -> {
            leases.requireHeld(connection, lease);
            RunRecord run = requireRun(connection, runId, forUpdate);
            if (run.state() == RunState.DONE && state == RunState.DONE) {
                // Said before; the answer was lost.
                return null;
            }
            if (!run.state().mayBecome(state)) {
                throw new IllegalStateException("run " + runId + " cannot go from " + run.state() + " to " + state);
            }
            boolean ended = state != RunState.RUNNING && state != RunState.COMMITTING;
            execute(
                    connection,
                    "UPDATE runs SET state = ?, ended = ?, error = ? WHERE id = ?",
                    state.name(),
                    ended ? Instant.now().toString() : null,
                    error.orElse(null),
                    runId);
            dropFiles(connection, runId, state);
            if (run.key().increment() && state == RunState.DONE) {
                moveOn(connection, run);
            }
            return null;
        });
    }

    /** From now on the next increment begins where this one ends. What only this one needed may be large, and goes. */
    private static void moveOn(Connection connection, RunRecord run) throws SQLException {
        execute(
                connection,
                "UPDATE runs SET next_position = NULL WHERE pipeline = ? AND scope = ? AND id <> ?",
                run.key().pipeline(),
                run.key().scope(),
                run.id());
        execute(
                connection,
                "UPDATE runs SET start_position = '' WHERE id = ? AND start_position IS NOT NULL",
                run.id());
        execute(connection, "UPDATE splits SET payload = '' WHERE run = ?", run.id());
    }

    @Override
    public void planned(Lease lease, String runId, RunRecord.Pin pin, Iterable<Split> splits) {
        once(connection -> {
            leases.requireHeld(connection, lease);
            execute(
                    connection,
                    "DELETE FROM splits WHERE run = ? AND stage = 0 AND finished = 0"
                            + " AND NOT EXISTS (SELECT 1 FROM pieces p WHERE p.run = splits.run AND p.split = splits.id)",
                    runId);
            insert(connection, runId, 0, 0, splits);
            execute(
                    connection,
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
    public void planned(Lease lease, String runId, int stage, int section, List<Split> splits) {
        repeatably(connection -> {
            leases.requireHeld(connection, lease);
            if (splitCount(connection, runId, stage) == 0) {
                insert(connection, runId, stage, section, splits);
            }
            return null;
        });
    }

    private static void insert(Connection connection, String runId, int stage, int section, Iterable<Split> splits)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO splits (run, stage, section, place, id, version, payload, estimated_rows, estimated_bytes)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (Split split : splits) {
                Statements.bind(
                        insert,
                        runId,
                        stage,
                        section,
                        place++,
                        split.id(),
                        split.version(),
                        split.payload(),
                        split.estimatedRows(),
                        split.estimatedBytes());
                insert.addBatch();
                if (place % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    @Override
    public List<RemainingSplit> unfinished(String runId, int stage) {
        return read(connection -> {
            List<RemainingSplit> begun = select(
                    connection,
                    "SELECT s.id, s.version, s.payload, s.estimated_rows, s.estimated_bytes, count(p.piece)"
                            + " FROM splits s LEFT JOIN pieces p ON p.run = s.run AND p.split = s.id"
                            + " WHERE s.run = ? AND s.stage = ? AND s.finished = 0 GROUP BY s.run, s.id ORDER BY s.place",
                    row -> new RemainingSplit(
                            new Split(
                                    row.getString(1), row.getInt(2), row.getString(3), row.getLong(4), row.getLong(5)),
                            row.getInt(6),
                            Optional.empty()),
                    runId,
                    stage);
            List<RemainingSplit> remaining = new ArrayList<>();
            for (RemainingSplit split : begun) {
                remaining.add(split.pieces() == 0 ? split : goesOn(connection, runId, split));
            }
            return remaining;
        });
    }

    private static RemainingSplit goesOn(Connection connection, String runId, RemainingSplit split)
            throws SQLException {
        Optional<String> resumePoint = select(
                        connection,
                        "SELECT result FROM pieces WHERE run = ? AND piece = ?",
                        row -> ResultJson.read(row.getString(1), Counts.ZERO),
                        runId,
                        split.split().id() + "." + (split.pieces() - 1))
                .get(0)
                .resumePoint();
        return new RemainingSplit(split.split(), split.pieces(), resumePoint);
    }

    @Override
    public List<Split> splits(String runId, int stage) {
        return query(
                "SELECT id, version, payload, estimated_rows, estimated_bytes FROM splits WHERE run = ? AND stage = ?"
                        + " ORDER BY place",
                row -> new Split(row.getString(1), row.getInt(2), row.getString(3), row.getLong(4), row.getLong(5)),
                runId,
                stage);
    }

    @Override
    public int splitCount(String runId, int stage) {
        return read(connection -> splitCount(connection, runId, stage));
    }

    @Override
    public int finishedCount(String runId, int stage) {
        return query(
                        "SELECT count(*) FROM splits WHERE run = ? AND stage = ? AND finished = 1",
                        row -> row.getInt(1),
                        runId,
                        stage)
                .get(0);
    }

    @Override
    public int lastStage(String runId) {
        return query("SELECT max(stage) FROM splits WHERE run = ?", row -> row.getInt(1), runId)
                .get(0);
    }

    private static int splitCount(Connection connection, String runId, int stage) throws SQLException {
        return select(
                        connection,
                        "SELECT count(*) FROM splits WHERE run = ? AND stage = ?",
                        row -> row.getInt(1),
                        runId,
                        stage)
                .get(0);
    }

    @Override
    public boolean staged(Lease lease, String runId, String splitId, PieceResult result) {
        return repeatably(connection -> {
            leases.requireHeld(connection, lease);
            RunRecord run = requireRun(connection, runId, forShare);
            if (run.state() != RunState.RUNNING) {
                throw new IllegalStateException("run " + runId + " is " + run.state() + " and takes no more pieces");
            }
            Counts counts = result.counts();
            int stored = execute(
                    connection,
                    "INSERT INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, piece) DO NOTHING",
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
                execute(connection, "UPDATE splits SET finished = 1 WHERE run = ? AND id = ?", runId, splitId);
            }
            if (stored == 1) {
                StepRows.add(connection, runId, splitId, result.steps());
                return true;
            }
            // Ours, where the transaction had been made and only its answer was lost.
            return select(
                            connection,
                            "SELECT " + RESULT + " FROM pieces WHERE run = ? AND piece = ?",
                            row -> ResultJson.read(row.getString(7), RunRows.counts(row)),
                            runId,
                            result.task().piece())
                    .contains(result);
        });
    }

    @Override
    public List<PieceResult> results(String runId, int stage) {
        return results("p.run = ? AND s.stage = ?", runId, stage);
    }

    @Override
    public List<PieceResult> results(String runId) {
        return results("p.run = ?", runId);
    }

    private List<PieceResult> results(String condition, Object... parameters) {
        return query(
                "SELECT " + RESULT + " FROM pieces p JOIN splits s ON s.run = p.run AND s.id = p.split WHERE "
                        + condition + " ORDER BY s.stage, s.place, length(p.piece), p.piece",
                row -> ResultJson.read(row.getString(7), RunRows.counts(row)),
                parameters);
    }

    @Override
    public RunCounts counts(String runId) {
        return RunCounts.of(query(
                "SELECT sum(extracted), sum(transformed), sum(loaded), sum(filtered), sum(deduplicated),"
                        + " sum(rejected), s.stage, s.section FROM splits s LEFT JOIN pieces p ON p.run = s.run"
                        + " AND p.split = s.id WHERE s.run = ? GROUP BY s.stage, s.section ORDER BY s.stage",
                row -> new RunCounts.Stage(row.getInt(7), row.getInt(8), RunRows.counts(row)),
                runId));
    }

    @Override
    public Optional<RunRecord> run(String runId) {
        return query("SELECT * FROM runs WHERE id = ?", RunRows::read, runId).stream()
                .findFirst();
    }

    final RunRecord requireRun(Connection connection, String runId) throws SQLException {
        return requireRun(connection, runId, "");
    }

    private static RunRecord requireRun(Connection connection, String runId, String lock) throws SQLException {
        return select(connection, "SELECT * FROM runs WHERE id = ?" + lock, RunRows::read, runId).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the ledger has no run " + runId));
    }

    @Override
    public Optional<RunRecord> latest(RunKey key) {
        return latest(key, "state <> 'DISCARDED'");
    }

    @Override
    public Optional<RunRecord> latestDone(RunKey key) {
        return latest(key, "state = 'DONE'");
    }

    private Optional<RunRecord> latest(RunKey key, String condition) {
        String sql = "SELECT * FROM runs WHERE pipeline = ? AND scope = ? AND " + condition + newestFirst + 1;
        return query(sql, RunRows::read, key.pipeline(), key.scope()).stream().findFirst();
    }

    @Override
    public List<RunRecord> runs(RunFilter filter) {
        if (filter.states().isEmpty()) {
            return List.of();
        }
        List<Object> parameters =
                new ArrayList<>(filter.states().stream().map(RunState::name).toList());
        filter.pipeline().ifPresent(parameters::add);
        filter.before().ifPresent(parameters::add);
        return query(
                "SELECT * FROM runs WHERE state IN ("
                        + String.join(", ", Collections.nCopies(filter.states().size(), "?")) + ")"
                        + (filter.pipeline().isPresent() ? " AND pipeline = ?" : "")
                        + (filter.before().isPresent()
                                ? " AND " + number + " < (SELECT " + number + " FROM runs WHERE id = ?)"
                                : "")
                        + newestFirst + filter.limit(),
                RunRows::read,
                parameters.toArray());
    }

    @Override
    public List<String> pipelines() {
        return query("SELECT DISTINCT pipeline FROM runs ORDER BY pipeline", row -> row.getString(1));
    }

    @Override
    public void describe(Lease lease, String runId, List<RunStep> steps) {
        repeatably(connection -> {
            leases.requireHeld(connection, lease);
            StepRows.insert(connection, runId, steps);
            return null;
        });
    }

    @Override
    public List<RunStep> steps(String runId) {
        return query(StepRows.SELECT, StepRows::read, runId);
    }

    @Override
    public List<SplitProgress> progress(String runId, int stage) {
        return query(
                "SELECT s.id, s.finished, count(p.piece), s.estimated_rows, coalesce(sum(p.extracted), 0),"
                        + " coalesce(sum(p.rejected), 0) FROM splits s LEFT JOIN pieces p ON p.run = s.run AND p.split = s.id"
                        + " WHERE s.run = ? AND s.stage = ? GROUP BY s.run, s.id ORDER BY s.place",
                row -> new SplitProgress(
                        row.getString(1),
                        row.getInt(2) == 1,
                        row.getInt(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)),
                runId,
                stage);
    }

    @Override
    public boolean forgettable(String runId) {
        return read(connection -> forgettable(connection, runId, ""));
    }

    @Override
    public boolean forget(String runId) {
        return repeatably(connection -> {
            if (!forgettable(connection, runId, forUpdate)) {
                return false;
            }
            for (String table : List.of("splits", "pieces", "steps", "attempts")) {
                execute(connection, "DELETE FROM " + table + " WHERE run = ?", runId);
            }
            dropFiles(connection, runId, RunState.DISCARDED);
            execute(connection, "DELETE FROM runs WHERE id = ?", runId);
            return true;
        });
    }

    private boolean forgettable(Connection connection, String runId, String lock) throws SQLException {
        Optional<RunRecord> found =
                select(connection, "SELECT * FROM runs WHERE id = ?" + lock, RunRows::read, runId).stream()
                        .findFirst();
        if (found.isEmpty() || found.get().state().unfinished()) {
            return false;
        }
        RunRecord run = found.get();
        boolean done = run.state() == RunState.DONE;
        if (done && run.mode() != WriteMode.APPEND && !run.key().increment()) {
            return true;
        }
        return select(
                        connection,
                        "SELECT * FROM runs WHERE pipeline = ? AND scope = ?" + (done ? " AND state = 'DONE'" : "")
                                + newestFirst + 1,
                        RunRows::read,
                        run.key().pipeline(),
                        run.key().scope())
                .stream()
                .noneMatch(newest -> newest.id().equals(runId));
    }

    private <T> List<T> query(String sql, Statements.Mapping<T> mapping, Object... parameters) {
        return read(connection -> select(connection, sql, mapping, parameters));
    }
}
