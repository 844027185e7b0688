package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A session whose open transaction lends its snapshot to others. It holds a shared lock on the table, so that nothing
 * rewrites it or changes its columns while we read. One thread at a time.
 */
final class ExportedSnapshot implements AutoCloseable {
    private final Session session;
    private final String name;
    private final Horizon horizon;

    private ExportedSnapshot(Session session, String name, Horizon horizon) {
        this.session = session;
        this.name = name;
        this.horizon = horizon;
    }

    /** Locks, takes a snapshot and exports it. The session, in no transaction so far, ends with the snapshot. */
    static ExportedSnapshot open(Session session, Optional<String> lockedTable) throws SQLException {
        try {
            session.begin();
            if (lockedTable.isPresent()) {
                // Before the snapshot: what was written before the lock was ours must be visible.
                session.execute("SET LOCAL lock_timeout = '30s'");
                session.execute("LOCK TABLE " + lockedTable.get() + " IN ACCESS SHARE MODE");
            }
            Horizon horizon = session.row(
                    "SELECT pg_catalog.pg_current_snapshot()::text", row -> Horizon.parse(row.getString(1)));
            String name = session.row("SELECT pg_catalog.pg_export_snapshot()", row -> row.getString(1));
            session.applySettings();
            return new ExportedSnapshot(session, name, horizon);
        } catch (SQLException | MillraceException failure) {
            session.abort();
            throw failure;
        }
    }

    Session session() {
        return session;
    }

    String name() {
        return name;
    }

    Horizon horizon() {
        return horizon;
    }

    @Override
    public void close() {
        session.close();
    }
}
