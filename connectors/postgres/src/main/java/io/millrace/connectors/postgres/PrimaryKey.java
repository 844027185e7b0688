package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.List;

/** Finds the primary key of what is read. */
final class PrimaryKey {
    private static final String COLUMNS = "SELECT a.attname FROM pg_catalog.pg_index i"
            + " CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k(attnum, place)"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum"
            + " WHERE i.indrelid = ?::bigint::oid AND i.indisprimary AND k.place <= i.indnkeyatts ORDER BY k.place";

    private PrimaryKey() {}

    /** Its columns in their order; none where there is no such key, or not all of it is read. */
    static List<String> of(Session session, Relation read) throws SQLException {
        List<String> key = session.rows(COLUMNS, row -> row.getString(1), read.oid());
        return read.schema().names().containsAll(key) ? key : List.of();
    }
}
