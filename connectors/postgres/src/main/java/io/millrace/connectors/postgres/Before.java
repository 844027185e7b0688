package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/**
 * What was so before a plan's snapshot was taken: a change after it must not be in it.
 *
 * @param clock the server's, in its own text
 * @param instant the same
 * @param changes rows updated and deleted, by table
 */
record Before(String clock, Instant instant, Map<Long, Long> changes) {
    /** An instant as {@link Instant#parse} reads it. */
    static final String ISO = "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"";

    static Before of(Server server, Relation relation) throws SQLException {
        try (Session session = Session.open(server)) {
            return session.row(
                    "SELECT now::text, pg_catalog.to_char(now AT TIME ZONE 'UTC', '" + ISO
                            + "') FROM pg_catalog.clock_timestamp() AS now",
                    row -> new Before(
                            row.getString(1),
                            Instant.parse(row.getString(2)),
                            relation.versioned() ? StorageCatalog.changes(session, relation.oid()) : Map.of()));
        }
    }
}
