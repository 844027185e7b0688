package io.millrace.core.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code attempts}. Within transactions of the caller's. */
final class AttemptRows {
    private static final String ALL =
            "SELECT number, started, host, process, scheduled_by FROM attempts WHERE run = ? ORDER BY number";

    private AttemptRows() {}

    /** Adds one; that it is added twice where an answer was lost is seen by its equal owner and start. */
    static void add(Connection connection, String runId, Owner owner, Instant started, Optional<String> scheduledBy)
            throws SQLException {
        List<Attempt> known = read(connection, runId);
        Attempt attempt = new Attempt(known.size() + 1, started, owner.host(), owner.pid(), scheduledBy);
        boolean added = known.stream()
                .anyMatch(one -> one.started().equals(started)
                        && one.host().equals(owner.host())
                        && one.process() == owner.pid());
        if (!added) {
            Statements.execute(
                    connection,
                    "INSERT INTO attempts (run, number, started, host, process, scheduled_by) VALUES (?, ?, ?, ?, ?, ?)",
                    runId,
                    attempt.number(),
                    started.toString(),
                    attempt.host(),
                    attempt.process(),
                    scheduledBy.orElse(null));
        }
    }

    static List<Attempt> read(Connection connection, String runId) throws SQLException {
        return Statements.select(
                connection,
                ALL,
                row -> new Attempt(
                        row.getInt(1),
                        Instant.parse(row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        Optional.ofNullable(row.getString(5))),
                runId);
    }
}
