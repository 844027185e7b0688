package io.millrace.connectors.postgres;

import java.sql.SQLException;

/**
 * What transaction ids and file numbers are valid within. A failover begins another timeline, on which ids may be given
 * anew.
 *
 * @param statistics when the counters of changes were last reset, by whom ever or by a crash
 */
record Identity(String system, long timeline, long database, String statistics, boolean standby) {
    private static final String SELECT = "SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()),"
            + " (SELECT timeline_id FROM pg_catalog.pg_control_checkpoint()), d.oid::bigint,"
            + " pg_catalog.concat_ws('/', (SELECT stats_reset FROM pg_catalog.pg_stat_database s WHERE s.datid = d.oid),"
            + " (SELECT stats_reset FROM pg_catalog.pg_stat_bgwriter),"
            + " pg_catalog.current_setting('track_counts')), pg_catalog.pg_is_in_recovery()"
            + " FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()";

    static Identity of(Session session) throws SQLException {
        return session.row(
                SELECT,
                row -> new Identity(
                        row.getString(1), row.getLong(2), row.getLong(3), row.getString(4), row.getBoolean(5)));
    }

    boolean sameTransactionsAs(Identity other) {
        return system.equals(other.system) && timeline == other.timeline && database == other.database;
    }

    /** True where counters of changes can be compared. */
    boolean countsAs(Identity other) {
        return !standby && !other.standby && statistics.equals(other.statistics) && statistics.endsWith("on");
    }
}
