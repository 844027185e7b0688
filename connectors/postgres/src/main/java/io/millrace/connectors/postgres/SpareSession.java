package io.millrace.connectors.postgres;

import java.sql.SQLException;

/**
 * Sessions for one purpose after the other: logging in costs both sides thousands of hashes, so one that has served is kept
 * for the next. Thread-safe.
 */
final class SpareSession implements AutoCloseable {
    private final Server server;
    private Session spare;
    private boolean closed;

    SpareSession(Server server) {
        this.server = server;
    }

    /** A session in no transaction, which becomes the caller's. */
    Session take() {
        Session kept = takeSpare();
        if (kept != null && kept.isAlive()) {
            return kept;
        }
        if (kept != null) {
            kept.close();
        }
        return Session.open(server);
    }

    private synchronized Session takeSpare() {
        Session kept = spare;
        spare = null;
        return kept;
    }

    /** Ends the session's transaction and takes it back. */
    void giveBack(Session session) throws SQLException {
        session.execute("COMMIT");
        synchronized (this) {
            if (!closed && spare == null) {
                spare = session;
                return;
            }
        }
        session.close();
    }

    @Override
    public void close() {
        Session kept;
        synchronized (this) {
            closed = true;
            kept = takeSpare();
        }
        if (kept != null) {
            kept.close();
        }
    }
}
