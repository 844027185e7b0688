package io.millrace.connectors.postgres;

import io.millrace.api.CommitId;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.Receipt;
import io.millrace.api.StreamUnit;
import io.millrace.api.WriteTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the target itself knows of runs: the table millrace.fence holds who may write, millrace.ledger what has been
 * committed, each row in the transaction of its data. One session, in a transaction.
 */
final class StateTables {
    static final String SCHEMA = "millrace";

    /** Creating the same thing at once fails even with IF NOT EXISTS: whoever creates anything holds this lock. */
    private static final String LOCK = "SELECT pg_catalog.pg_advisory_xact_lock(7810203947735)";

    private static final String EXISTS = "SELECT pg_catalog.to_regclass('millrace.fence') IS NOT NULL"
            + " AND pg_catalog.to_regclass('millrace.ledger') IS NOT NULL";
    private static final String SCHEMA_EXISTS = "SELECT pg_catalog.to_regnamespace('millrace') IS NOT NULL";
    private static final List<String> CREATE = List.of(
            "CREATE TABLE IF NOT EXISTS millrace.fence (lineage text PRIMARY KEY, epoch bigint NOT NULL,"
                    + " stage text, taken_at timestamptz NOT NULL DEFAULT pg_catalog.now())",
            "CREATE TABLE IF NOT EXISTS millrace.ledger (lineage text NOT NULL, unit text NOT NULL, piece text NOT NULL,"
                    + " epoch bigint NOT NULL, attempt integer, sequence bigint, loaded bigint, deduplicated bigint,"
                    + " note text NOT NULL, committed_at timestamptz NOT NULL DEFAULT pg_catalog.now(),"
                    + " PRIMARY KEY (lineage, unit, piece))");
    /** The row lock waits for commits that are under way under the older epoch. */
    private static final String TAKE = "INSERT INTO millrace.fence AS f (lineage, epoch, stage) VALUES (?, 1, ?) ON"
            + " CONFLICT (lineage) DO UPDATE SET epoch = f.epoch + 1, taken_at = pg_catalog.now(), stage = excluded.stage"
            + " RETURNING epoch";

    private static final String HOLD = "SELECT 1 FROM millrace.fence WHERE lineage = ? AND epoch = ? FOR SHARE";
    private static final String HELD = "SELECT 1 FROM millrace.fence WHERE lineage = ? AND epoch = ?";
    private static final String RECORD = "INSERT INTO millrace.ledger"
            + " (lineage, unit, piece, epoch, attempt, sequence, loaded, deduplicated, note)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String NOTE = "SELECT note FROM millrace.ledger WHERE lineage = ? AND unit = ? AND piece = ?";
    private static final String LOADED =
            "SELECT loaded FROM millrace.ledger WHERE lineage = ? AND unit = ? AND piece = ?";
    private static final String LAST = "SELECT pg_catalog.max(sequence) FROM millrace.ledger WHERE lineage = ?";
    private static final String FORGET_PIECES = "DELETE FROM millrace.ledger WHERE (lineage, unit, piece) IN (SELECT"
            + " lineage, unit, piece FROM millrace.ledger WHERE lineage <> ? AND committed_at < pg_catalog.now()"
            + " - ?::double precision * interval '1 second' FOR UPDATE SKIP LOCKED)";
    private static final String FORGET_FENCES = "DELETE FROM millrace.fence f WHERE lineage IN (SELECT lineage FROM"
            + " millrace.fence WHERE lineage <> ? AND taken_at < pg_catalog.now()"
            + " - ?::double precision * interval '1 second' FOR UPDATE SKIP LOCKED) AND NOT EXISTS (SELECT 1 FROM"
            + " millrace.ledger l WHERE l.lineage = f.lineage) RETURNING coalesce(stage, '')";
    /** No piece is named so. */
    private static final String WHOLE_RUN = "";

    private final Session session;

    StateTables(Session session) {
        this.session = session;
    }

    static String name(Lineage lineage) {
        // An id holds no slash, so that the name tells pipeline and id apart.
        return lineage.pipeline() + "/" + lineage.id();
    }

    /** Serialises whoever changes the form of tables, until the transaction ends. */
    void lock() throws SQLException {
        session.rows(LOCK, row -> row);
    }

    boolean exist() throws SQLException {
        return session.row(EXISTS, row -> row.getBoolean(1));
    }

    void create() throws SQLException {
        // Asked before: whoever may not create schemas may not do so IF NOT EXISTS either.
        if (!session.row(SCHEMA_EXISTS, row -> row.getBoolean(1))) {
            session.execute("CREATE SCHEMA millrace");
        }
        for (String statement : CREATE) {
            session.execute(statement);
        }
    }

    /** @param stage the table in the schema millrace that this lineage stages rows in */
    Fence takeFence(Lineage lineage, Optional<String> stage) throws SQLException {
        return new Fence(session.row(TAKE, row -> row.getLong(1), name(lineage), stage.orElse(null)));
    }

    /** Whether the epoch is the newest; if so, it stays that until the transaction ends. */
    boolean hold(Lineage lineage, Fence fence) throws SQLException {
        return !session.rows(HOLD, row -> 1, name(lineage), fence.epoch()).isEmpty();
    }

    /** Whether the epoch is the newest now. */
    boolean isHeld(Lineage lineage, Fence fence) throws SQLException {
        return !session.rows(HELD, row -> 1, name(lineage), fence.epoch()).isEmpty();
    }

    /**
     * Records a piece. Returns false, having changed nothing, where it was recorded before; waits for a transaction that
     * may be about to.
     */
    boolean record(WriteTask task, Receipt receipt, String note) throws SQLException {
        return session.update(
                        RECORD,
                        name(task.lineage()),
                        task.unit(),
                        task.piece(),
                        task.fence().epoch(),
                        task.attempt(),
                        checkpoint(task),
                        receipt.loaded(),
                        receipt.deduplicated(),
                        note)
                == 1;
    }

    /** Null for a piece of a batch run, which has no sequence before it is complete. */
    private static Long checkpoint(WriteTask task) {
        OptionalLong checkpoint = StreamUnit.checkpoint(task.unit());
        return checkpoint.isPresent() ? checkpoint.getAsLong() : null;
    }

    /** Records the commit of a whole run, as {@link #record(WriteTask, Receipt, String)} does. */
    boolean record(CommitId id, long loaded) throws SQLException {
        return session.update(
                        RECORD,
                        name(id.lineage()),
                        id.unit(),
                        WHOLE_RUN,
                        id.fence().epoch(),
                        null,
                        id.sequence(),
                        loaded,
                        0L,
                        "")
                == 1;
    }

    /** How many rows the commit of a whole run has loaded; empty where none is recorded. */
    OptionalLong committed(CommitId id) throws SQLException {
        return session.rows(LOADED, row -> row.getLong(1), name(id.lineage()), id.unit(), WHOLE_RUN).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    Optional<String> note(WriteTask task) throws SQLException {
        return session.rows(NOTE, row -> row.getString(1), name(task.lineage()), task.unit(), task.piece()).stream()
                .findFirst();
    }

    OptionalLong lastSequence(Lineage lineage) throws SQLException {
        return session.row(
                LAST,
                row -> {
                    long last = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
                },
                name(lineage));
    }

    /** Removes what runs other than this one have recorded before this time, and what they have left staged. */
    void forget(Lineage except, Duration olderThan) throws SQLException {
        double seconds = olderThan.toMillis() / 1000.0;
        session.update(FORGET_PIECES, name(except), seconds);
        for (String stage : session.rows(FORGET_FENCES, row -> row.getString(1), name(except), seconds)) {
            if (!stage.isEmpty()) {
                session.execute("DROP TABLE IF EXISTS " + SCHEMA + "." + Sql.identifier(stage));
            }
        }
    }
}
