package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was so before a plan's snapshot was taken: a change after it must not be in it.
 *
 * @param clock the server's, in its own text
 * @param instant the same
 * @param writingSince no transaction that the snapshot does not show, or shows as open, has written earlier; empty where that
 *     cannot be known
 * @param changes rows updated and deleted, by table
 */
record Before(String clock, Instant instant, Optional<Instant> writingSince, Map<Long, Long> changes) {
    /** An instant as {@link Instant#parse} reads it. */
    static final String ISO = "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"";

    private static final String CLOCK = "SELECT now::text, pg_catalog.to_char(now AT TIME ZONE 'UTC', '" + ISO
            + "') FROM pg_catalog.clock_timestamp() AS now";

    /**
     * When the first of the transactions began that have written and not ended; null where there is none, 'unknown' where some
     * are out of sight: prepared ones keep no start, a standby's are the primary's, those of other roles may be hidden.
     */
    private static final String WRITERS = "SELECT CASE WHEN pg_catalog.pg_is_in_recovery()"
            + " OR EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts)"
            + " OR EXISTS (SELECT FROM pg_catalog.pg_stat_activity WHERE backend_type IS NULL) THEN 'unknown'"
            + " ELSE (SELECT pg_catalog.to_char(min(xact_start) AT TIME ZONE 'UTC', '" + ISO
            + "') FROM pg_catalog.pg_stat_activity WHERE backend_xid IS NOT NULL) END";

    private record Clock(String text, Instant instant) {}

    /** The session must be in no transaction. */
    static Before of(Session session, Relation relation) throws SQLException {
        // First the clock: who begins to write while we look has then begun after it.
        Clock clock = session.row(CLOCK, row -> new Clock(row.getString(1), Instant.parse(row.getString(2))));
        Optional<String> writers = session.row(WRITERS, row -> Optional.ofNullable(row.getString(1)));
        Optional<Instant> writingSince = writers.isEmpty()
                ? Optional.of(clock.instant)
                : writers.filter(text -> !text.equals("unknown"))
                        .map(Instant::parse)
                        .map(first -> first.isBefore(clock.instant) ? first : clock.instant);
        return new Before(
                clock.text,
                clock.instant,
                writingSince,
                relation.versioned() ? StorageCatalog.changes(session, relation.oid()) : Map.of());
    }
}
