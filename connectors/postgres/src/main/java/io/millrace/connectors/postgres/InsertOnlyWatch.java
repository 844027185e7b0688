package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out whether tables had only inserts since a plan, from the server's counters of updated and deleted rows.
 *
 * <p>Counters lag: a backend reports a transaction's changes when it next goes idle, but at most once a second, else ten
 * seconds later; what it has not reported when it ends, it reports then. So before counters are believed, every session
 * that may have committed something since the plan must have been seen to have reported. Where that cannot be seen (it
 * stays in one transaction, its state is hidden from us, the server is older than 15 or a standby, whose counters do not
 * see the primary's changes), the answer is no: it costs a fresh start, the other error would cost rows.
 */
final class InsertOnlyWatch {
    private static final long PATIENCE_NANOS = 15_000_000_000L;
    private static final long POLL_MILLIS = 100;
    private static final int FIRST_VERSION_THAT_REPORTS_WHEN_IDLE = 150_000;

    /**
     * Sessions that may hold changes back: all but those in one transaction since before the plan, idle since before it,
     * idle for longer than the delay, or gone idle late enough after the snapshot to have had to report.
     */
    private static final String SESSIONS = "SELECT pid, coalesce("
            + "state = 'idle' AND (state_change < ?::timestamptz"
            + " OR state_change < pg_catalog.clock_timestamp() - interval '10.5 s'"
            + " OR state_change > ?::timestamptz + interval '3 s')"
            + " OR state <> 'idle' AND xact_start < ?::timestamptz, false), backend_type IS NULL"
            + " FROM pg_catalog.pg_stat_activity WHERE datname = pg_catalog.current_database()"
            + " AND pid <> pg_catalog.pg_backend_pid() AND pid <> ALL (?::int[])"
            + " AND coalesce(backend_start < ?::timestamptz, true) AND coalesce("
            + "backend_type NOT IN ('parallel worker', 'autovacuum worker', 'walsender'), true)";

    /**
     * @param reported whether all that it committed is in the counters
     * @param hidden whether its state may not be seen by us
     */
    private record Witness(int pid, boolean reported, boolean hidden) {}

    private final Session session;
    private final int version;

    /** The session must be in no transaction: each question has to see the newest state. */
    InsertOnlyWatch(Session session) throws SQLException {
        this.session = session;
        this.version =
                session.row("SELECT pg_catalog.current_setting('server_version_num')::int", row -> row.getInt(1));
    }

    /**
     * @param changes the counters before the plan
     * @param plannedAt the server's clock before the plan's snapshot
     * @param seenAt the server's clock after the snapshot that is to be read now
     * @param ours backends that only read
     */
    boolean confirms(long relation, Map<Long, Long> changes, String plannedAt, String seenAt, List<Integer> ours)
            throws SQLException {
        // An early look: mostly it answers without waiting.
        return version >= FIRST_VERSION_THAT_REPORTS_WHEN_IDLE
                && unchanged(relation, changes)
                && allReported(plannedAt, seenAt, ours)
                && unchanged(relation, changes);
    }

    private boolean unchanged(long relation, Map<Long, Long> changes) throws SQLException {
        return StorageCatalog.changes(session, relation).entrySet().containsAll(changes.entrySet());
    }

    private boolean allReported(String plannedAt, String seenAt, List<Integer> ours) throws SQLException {
        Set<Integer> settled = new HashSet<>(ours);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            String known =
                    "{" + String.join(",", settled.stream().map(String::valueOf).toList()) + "}";
            List<Witness> witnesses = session.rows(
                    SESSIONS,
                    row -> new Witness(row.getInt(1), row.getBoolean(2), row.getBoolean(3)),
                    plannedAt,
                    seenAt,
                    plannedAt,
                    known,
                    seenAt);
            witnesses.stream().filter(Witness::reported).forEach(witness -> settled.add(witness.pid));
            if (witnesses.stream().allMatch(Witness::reported)) {
                return true;
            }
            if (witnesses.stream().anyMatch(Witness::hidden)) {
                return false;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            // The server reports its counters when it likes, and tells nobody: there is only looking again.
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "looking for changes of the source was stopped.", stop);
        }
    }
}
