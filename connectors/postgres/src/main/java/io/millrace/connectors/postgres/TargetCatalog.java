package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the table that is written in the server's catalog. One session, in a transaction. */
final class TargetCatalog {
    private static final String TABLE = "SELECT c.oid::bigint, c.relkind IN ('r', 'p'),"
            + " pg_catalog.has_table_privilege(c.oid, 'INSERT'), pg_catalog.has_table_privilege(c.oid, 'SELECT'),"
            + " pg_catalog.has_table_privilege(c.oid, 'UPDATE'), pg_catalog.has_table_privilege(c.oid, 'DELETE')"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
    private static final String COLUMNS = "SELECT a.attname, a.atttypid::bigint, a.atttypmod,"
            + " pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,"
            + " a.atthasdef OR a.attidentity <> '', a.attgenerated <> '' OR a.attidentity = 'a'"
            + " FROM pg_catalog.pg_attribute a"
            + " WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
    private static final String KEYS = "SELECT ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE"
            + " a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]))"
            + " FROM pg_catalog.pg_index i WHERE i.indrelid = ?::bigint::oid AND i.indisunique AND i.indimmediate"
            + " AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL";
    private static final String CASCADES = "SELECT conname || ' of ' || conrelid::regclass::text"
            + " FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confrelid = ?::bigint::oid"
            + " AND confdeltype IN ('c', 'n', 'd')";
    private static final List<String> RIGHTS = List.of("INSERT", "SELECT", "UPDATE", "DELETE");

    private record Found(long oid, boolean writable, Set<String> missingRights) {}

    private final Session session;

    TargetCatalog(Session session) {
        this.session = session;
    }

    int serverVersion() throws SQLException {
        return session.row(
                "SELECT pg_catalog.current_setting('server_version_num')::int / 10000", row -> row.getInt(1));
    }

    Optional<TargetTable> find(TableName name) throws SQLException {
        List<Found> found = session.rows(
                TABLE,
                row -> {
                    Set<String> missing = new TreeSet<>();
                    for (int i = 0; i < RIGHTS.size(); i++) {
                        if (!row.getBoolean(3 + i)) {
                            missing.add(RIGHTS.get(i));
                        }
                    }
                    return new Found(row.getLong(1), row.getBoolean(2), missing);
                },
                name.schema(),
                name.name());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Found table = found.get(0);
        return Optional.of(new TargetTable(
                name,
                table.writable,
                table.missingRights,
                columns(table.oid),
                session.rows(
                        KEYS,
                        row -> new HashSet<>(
                                Arrays.asList((String[]) row.getArray(1).getArray())),
                        table.oid),
                session.rows(CASCADES, row -> row.getString(1), table.oid)));
    }

    private List<TargetColumn> columns(long table) throws SQLException {
        record Attribute(
                String name,
                long type,
                int modifier,
                String typeName,
                boolean notNull,
                boolean filled,
                boolean computed) {}
        List<Attribute> attributes = session.rows(
                COLUMNS,
                row -> new Attribute(
                        row.getString(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7)),
                table);
        TypeCatalog types = TypeCatalog.of(session);
        List<TargetColumn> columns = new ArrayList<>();
        for (Attribute a : attributes) {
            columns.add(new TargetColumn(
                    a.name, types.target(a.type, a.modifier, a.typeName), a.notNull, a.filled, a.computed));
        }
        return columns;
    }
}
