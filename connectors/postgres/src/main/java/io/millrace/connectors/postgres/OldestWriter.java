package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The oldest transaction of the cluster that has written and had not ended when a snapshot was taken: rows of it and of all
 * that began later wait for the next increment.
 *
 * @param name for people
 * @param began when it began, where the server tells
 */
record OldestWriter(String name, Optional<Instant> began) {
    private static final String SELECT =
            "SELECT 'session ' || pid || ' (user ' || coalesce(usename, '?') || ', application ' || coalesce("
                    + "nullif(pg_catalog.left(application_name, 64), ''), '?') || ', ' || coalesce(state, '?')"
                    + " || '), which began it at ' || pg_catalog.to_char(xact_start AT TIME ZONE 'UTC', '" + Before.ISO
                    + "'),"
                    + " pg_catalog.to_char(xact_start AT TIME ZONE 'UTC', '" + Before.ISO + "')"
                    + " FROM pg_catalog.pg_stat_activity WHERE backend_xid = %1$s"
                    + " UNION ALL SELECT 'the prepared transaction ' || pg_catalog.quote_literal(gid) || ' of '"
                    + " || pg_catalog.to_char(prepared AT TIME ZONE 'UTC', '" + Before.ISO + "'), NULL"
                    + " FROM pg_catalog.pg_prepared_xacts WHERE transaction = %1$s";

    /** Empty where no writing transaction was open. */
    static Optional<OldestWriter> of(Session session, Horizon horizon, Identity identity) throws SQLException {
        if (horizon.isClosed()) {
            return Optional.empty();
        }
        List<OldestWriter> known = session.rows(
                String.format(SELECT, Horizon.xid(horizon.xmin())),
                row -> new OldestWriter(
                        row.getString(1) == null ? "a session" : row.getString(1),
                        Optional.ofNullable(row.getString(2)).map(Instant::parse)));
        String unknown = identity.standby()
                ? "a transaction of the primary"
                : "a transaction that has ended meanwhile, or of which this role may see nothing (grant it"
                        + " pg_read_all_stats)";
        return Optional.of(known.isEmpty() ? new OldestWriter(unknown, Optional.empty()) : known.get(0));
    }

    /** What waits, and for whom. */
    String warning(Horizon horizon, Instant now) {
        return "what has been written since transaction " + horizon.xmin() + " (" + (horizon.xmax() - horizon.xmin())
                + " transactions so far"
                + began.map(at -> ", " + Math.max(0, now.getEpochSecond() - at.getEpochSecond()) + " s")
                        .orElse("")
                + ") waits for the next increment, because that transaction has not ended: " + name;
    }
}
