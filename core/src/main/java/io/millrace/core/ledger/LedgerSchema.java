package io.millrace.core.ledger;

import io.millrace.api.MillraceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The ledger's tables. A change appends a step; steps already released are never edited. */
final class LedgerSchema {
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    """
            CREATE TABLE runs (
                id TEXT PRIMARY KEY,
                pipeline TEXT NOT NULL,
                window_start TEXT,
                window_end TEXT,
                scope TEXT NOT NULL,
                state TEXT NOT NULL,
                definition TEXT NOT NULL,
                file TEXT,
                overrides TEXT NOT NULL,
                mode TEXT NOT NULL,
                source TEXT NOT NULL,
                target TEXT NOT NULL,
                rejects TEXT,
                seed INTEGER NOT NULL,
                pin TEXT,
                repeatability TEXT,
                next_position TEXT,
                schema TEXT,
                started TEXT NOT NULL,
                ended TEXT,
                error TEXT)""",
                    "CREATE INDEX runs_by_key ON runs (pipeline, scope, started)",
                    """
            CREATE TABLE splits (
                run TEXT NOT NULL,
                place INTEGER NOT NULL,
                id TEXT NOT NULL,
                version INTEGER NOT NULL,
                payload TEXT NOT NULL,
                estimated_rows INTEGER NOT NULL,
                estimated_bytes INTEGER NOT NULL,
                finished INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (run, id))""",
                    """
            CREATE TABLE pieces (
                run TEXT NOT NULL,
                piece TEXT NOT NULL,
                split TEXT NOT NULL,
                extracted INTEGER NOT NULL,
                transformed INTEGER NOT NULL,
                loaded INTEGER NOT NULL,
                filtered INTEGER NOT NULL,
                deduplicated INTEGER NOT NULL,
                rejected INTEGER NOT NULL,
                result TEXT NOT NULL,
                PRIMARY KEY (run, piece))""",
                    """
            CREATE TABLE leases (
                key TEXT PRIMARY KEY,
                epoch INTEGER NOT NULL,
                host TEXT,
                pid INTEGER,
                process_start INTEGER,
                heartbeat INTEGER)"""),
            List.of("CREATE INDEX pieces_by_split ON pieces (run, split)"),
            List.of("ALTER TABLE runs ADD COLUMN start_position TEXT"),
            List.of(
                    "ALTER TABLE splits ADD COLUMN stage INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE splits ADD COLUMN section INTEGER NOT NULL DEFAULT 0"),
            List.of(
                    """
            CREATE TABLE steps (
                run TEXT NOT NULL,
                stage INTEGER NOT NULL,
                place INTEGER NOT NULL,
                label TEXT NOT NULL,
                columns TEXT NOT NULL,
                rows_in INTEGER NOT NULL DEFAULT 0,
                rows_out INTEGER NOT NULL DEFAULT 0,
                nanos INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (run, stage, place))"""),
            List.of(
                    """
            CREATE TABLE attempts (
                run TEXT NOT NULL,
                number INTEGER NOT NULL,
                started TEXT NOT NULL,
                host TEXT NOT NULL,
                process INTEGER NOT NULL,
                scheduled_by TEXT,
                PRIMARY KEY (run, number))"""));

    private LedgerSchema() {}

    /** Brings the tables to this version. A user error where a newer Millrace has written them. */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            int version;
            try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                result.next();
                version = result.getInt(1);
            }
            if (version > STEPS.size()) {
                statement.execute("ROLLBACK");
                throw MillraceException.user("the ledger has version " + version + ", this Millrace knows up to "
                        + STEPS.size() + "; use the newer Millrace that wrote it, or another state folder (--state)");
            }
            for (List<String> step : STEPS.subList(version, STEPS.size())) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA user_version = " + STEPS.size());
            statement.execute("COMMIT");
        }
    }
}
