package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Sessions that share one exported snapshot: one for each open reader, reused from split to split. Thread-safe. */
final class WorkerPool implements AutoCloseable {
    /** What SQLSTATE says where an exported snapshot is gone. */
    private static final Set<String> NO_SUCH_SNAPSHOT = Set.of("22023", "55000", "42704", "58P01");

    private final Server server;
    private final String exported;
    private final Horizon horizon;
    private final Optional<String> lockedTable;
    private final Deque<Session> idle = new ArrayDeque<>();
    private final Set<Session> busy = new HashSet<>();
    private boolean closed;

    WorkerPool(Server server, String exported, Horizon horizon, Optional<String> lockedTable) {
        this.server = server;
        this.exported = exported;
        this.horizon = horizon;
        this.lockedTable = lockedTable;
    }

    /** A session in a transaction with the snapshot. STALE where the snapshot has ended. */
    Session acquire() throws SQLException {
        for (Session waiting = takeIdle(); waiting != null; waiting = takeIdle()) {
            if (waiting.isAlive()) {
                return waiting;
            }
            discard(waiting);
        }
        Session session = connect();
        synchronized (this) {
            if (!closed) {
                busy.add(session);
                return session;
            }
        }
        session.close();
        throw new MillraceException(ErrorKind.STOPPED, "the extractor was closed while a split was being opened.");
    }

    private synchronized Session takeIdle() {
        Session session = idle.poll();
        if (session != null) {
            busy.add(session);
        }
        return session;
    }

    private Session connect() throws SQLException {
        Session session = Session.open(server);
        try {
            session.begin(exported);
            if (lockedTable.isPresent()) {
                // Now, with all its parts: later, it would have to queue behind whoever waits for the exporter's lock.
                session.execute("LOCK TABLE " + lockedTable.get() + " IN ACCESS SHARE MODE");
            }
            String seen = session.row("SELECT pg_catalog.pg_current_snapshot()::text", row -> row.getString(1));
            if (!seen.equals(horizon.snapshot())) {
                // After a restart of the server another session's snapshot may bear the name.
                throw stale(null);
            }
            return session;
        } catch (SQLException failure) {
            session.abort();
            if (NO_SUCH_SNAPSHOT.contains(ServerErrors.state(failure))) {
                throw stale(failure);
            }
            throw failure;
        } catch (MillraceException failure) {
            session.abort();
            throw failure;
        }
    }

    private MillraceException stale(SQLException cause) {
        return new MillraceException(
                ErrorKind.STALE,
                "the snapshot of the plan at " + server.address() + " has ended with its session; resume the run, or "
                        + "begin it anew.",
                cause);
    }

    /** Takes back a session whose copy has ended well. */
    void release(Session session) {
        synchronized (this) {
            busy.remove(session);
            if (!closed) {
                idle.push(session);
                return;
            }
        }
        session.close();
    }

    /** Drops a session that is in the middle of something or broken. */
    void discard(Session session) {
        synchronized (this) {
            busy.remove(session);
        }
        session.abort();
    }

    @Override
    public void close() {
        Set<Session> reading;
        Deque<Session> waiting;
        synchronized (this) {
            closed = true;
            reading = Set.copyOf(busy);
            waiting = new ArrayDeque<>(idle);
            busy.clear();
            idle.clear();
        }
        waiting.forEach(Session::close);
        reading.forEach(Session::abort);
    }
}
