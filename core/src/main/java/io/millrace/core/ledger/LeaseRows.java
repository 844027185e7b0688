package io.millrace.core.ledger;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code leases}: who may write for a key. All within transactions of the caller's. */
final class LeaseRows {
    private final Owner owner;
    private final String forShare;
    private final String forUpdate;

    /** @param forShare and {@code forUpdate}: what stands behind a SELECT to lock its rows */
    LeaseRows(Owner owner, String forShare, String forUpdate) {
        this.owner = owner;
        this.forShare = forShare;
        this.forUpdate = forUpdate;
    }

    private record Held(long epoch, Optional<Owner> holder, Instant heartbeat) {}

    /** @param now of the clock that heartbeats go by, in milliseconds */
    Lease acquire(Connection connection, RunKey key, long now) throws SQLException {
        String text = key.toString();
        // There is then a row to lock, also for the first of two who come at the same time.
        Statements.execute(
                connection, "INSERT INTO leases (key, epoch) VALUES (?, 0) ON CONFLICT (key) DO NOTHING", text);
        Held held = Statements.select(
                        connection,
                        "SELECT epoch, host, pid, process_start, heartbeat FROM leases WHERE key = ?" + forUpdate,
                        row -> new Held(
                                row.getLong(1),
                                row.getString(2) == null
                                        ? Optional.empty()
                                        : Optional.of(new Owner(row.getString(2), row.getLong(3), row.getLong(4))),
                                Instant.ofEpochMilli(row.getLong(5))),
                        text)
                .get(0);
        if (held.holder.isPresent() && isAlive(held, now)) {
            throw new MillraceException(
                    ErrorKind.BUSY,
                    "another run of " + key + " is under way (" + held.holder.get() + ", last heard of at "
                            + held.heartbeat + "); wait for it, or stop it");
        }
        Statements.execute(
                connection,
                "UPDATE leases SET epoch = ?, host = ?, pid = ?, process_start = ?, heartbeat = ? WHERE key = ?",
                held.epoch + 1,
                owner.host(),
                owner.pid(),
                owner.processStart(),
                now,
                text);
        return new Lease(text, held.epoch + 1);
    }

    private boolean isAlive(Held held, long now) {
        Owner holder = held.holder.orElseThrow();
        if (holder.isDeadHere()) {
            return false;
        }
        return holder.host().equals(owner.host())
                || !held.heartbeat.plus(Ledger.LEASE_TIMEOUT).isBefore(Instant.ofEpochMilli(now));
    }

    void heartbeat(Connection connection, Lease lease, long now) throws SQLException {
        requireHeld(connection, lease);
        Statements.execute(connection, "UPDATE leases SET heartbeat = ? WHERE key = ?", now, lease.key());
    }

    void release(Connection connection, Lease lease) throws SQLException {
        Statements.execute(
                connection, "UPDATE leases SET host = NULL WHERE key = ? AND epoch = ?", lease.key(), lease.epoch());
    }

    /** Fails as FENCED where another has the lease. An owner to come waits until the transaction has ended. */
    void requireHeld(Connection connection, Lease lease) throws SQLException {
        List<Long> epochs = Statements.select(
                connection, "SELECT epoch FROM leases WHERE key = ?" + forShare, row -> row.getLong(1), lease.key());
        if (!epochs.equals(List.of(lease.epoch()))) {
            throw new MillraceException(
                    ErrorKind.FENCED,
                    "another process has taken over " + lease.key()
                            + "; this one stops, what it had not handed in yet is dropped");
        }
    }

    Optional<Instant> lastHeartbeat(Connection connection, RunKey key) throws SQLException {
        return Statements.select(
                        connection,
                        "SELECT heartbeat FROM leases WHERE key = ? AND host IS NOT NULL",
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        key.toString())
                .stream()
                .findFirst();
    }
}
