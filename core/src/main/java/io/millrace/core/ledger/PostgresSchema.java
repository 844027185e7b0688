package io.millrace.core.ledger;

import io.millrace.api.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The ledger's tables in PostgreSQL. A change appends a step; steps already released are never edited. */
final class PostgresSchema {
    static final String NAME = "millrace_state";

    /** Any number that nobody else is likely to lock. */
    private static final long LOCK = 0x6d696c6c72616365L;

    private static final List<List<String>> STEPS = List.of(
            List.of(
                    """
            CREATE TABLE runs (
                number BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
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
                seed BIGINT NOT NULL,
                start_position TEXT,
                pin TEXT,
                repeatability TEXT,
                next_position TEXT,
                schema TEXT,
                started TEXT NOT NULL,
                ended TEXT,
                error TEXT)""",
                    "CREATE INDEX runs_by_key ON runs (pipeline, scope, number)",
                    """
            CREATE TABLE splits (
                run TEXT NOT NULL,
                place INTEGER NOT NULL,
                id TEXT NOT NULL,
                version INTEGER NOT NULL,
                payload TEXT NOT NULL,
                estimated_rows BIGINT NOT NULL,
                estimated_bytes BIGINT NOT NULL,
                finished INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (run, id))""",
                    """
            CREATE TABLE pieces (
                run TEXT NOT NULL,
                piece TEXT NOT NULL,
                split TEXT NOT NULL,
                extracted BIGINT NOT NULL,
                transformed BIGINT NOT NULL,
                loaded BIGINT NOT NULL,
                filtered BIGINT NOT NULL,
                deduplicated BIGINT NOT NULL,
                rejected BIGINT NOT NULL,
                result TEXT NOT NULL,
                PRIMARY KEY (run, piece))""",
                    "CREATE INDEX pieces_by_split ON pieces (run, split)",
                    """
            CREATE TABLE leases (
                key TEXT PRIMARY KEY,
                epoch BIGINT NOT NULL,
                host TEXT,
                pid BIGINT,
                process_start BIGINT,
                heartbeat BIGINT)""",
                    """
            CREATE TABLE files (
                run TEXT NOT NULL,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                part INTEGER NOT NULL,
                content BYTEA NOT NULL,
                PRIMARY KEY (run, kind, name, part))"""),
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
                rows_in BIGINT NOT NULL DEFAULT 0,
                rows_out BIGINT NOT NULL DEFAULT 0,
                nanos BIGINT NOT NULL DEFAULT 0,
                PRIMARY KEY (run, stage, place))"""),
            List.of(
                    """
            CREATE TABLE attempts (
                run TEXT NOT NULL,
                number INTEGER NOT NULL,
                started TEXT NOT NULL,
                host TEXT NOT NULL,
                process BIGINT NOT NULL,
                scheduled_by TEXT,
                PRIMARY KEY (run, number))"""));

    private PostgresSchema() {}

    /**
     * Brings the tables to this version, one process at a time. Touches nothing where they are. A user error where a newer
     * Millrace has made them.
     */
    static void migrate(Connection connection) throws SQLException {
        if (version(connection) == STEPS.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN; SELECT pg_catalog.pg_advisory_xact_lock(" + LOCK + ")");
            // Another process may have been first.
            int version = version(connection);
            if (version > STEPS.size()) {
                throw MillraceException.user("the ledger has version " + version + ", this Millrace knows up to "
                        + STEPS.size() + "; use the newer Millrace that made it, or another database (--state)");
            }
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME);
            statement.execute("SET LOCAL search_path TO " + NAME);
            statement.execute("CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL)");
            for (List<String> step : STEPS.subList(version, STEPS.size())) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("DELETE FROM version; INSERT INTO version VALUES (" + STEPS.size() + "); COMMIT");
        }
    }

    private static int version(Connection connection) throws SQLException {
        // From the catalog's tables: to_regclass may answer from a cache that has not heard of who was first.
        boolean there = Statements.select(
                        connection,
                        "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                                + " ON n.oid = c.relnamespace WHERE n.nspname = '" + NAME
                                + "' AND c.relname = 'version')",
                        row -> row.getBoolean(1))
                .get(0);
        return there
                ? Statements.select(connection, "SELECT number FROM " + NAME + ".version", row -> row.getInt(1))
                        .get(0)
                : 0;
    }
}
