package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds what the settings name in the server's catalog. One session, in a transaction. */
final class RelationCatalog {
    private static final String TABLE = "SELECT c.oid::bigint, c.relkind::text,"
            + " pg_catalog.has_table_privilege(c.oid, 'SELECT') FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";
    private static final String COLUMNS = "SELECT a.attname, a.atttypid::bigint, a.atttypmod,"
            + " pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_catalog.pg_attribute a"
            + " WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
    private static final String NAMES = "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition"
            + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
            + " ORDER BY 1, 2 LIMIT 10000";
    private static final String TYPE_BY_NAME = "SELECT t.oid::bigint, pg_catalog.format_type(t.oid, NULL)"
            + " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
            + " WHERE t.typname = ? AND (n.nspname = ? OR ? = '' AND pg_catalog.pg_type_is_visible(t.oid))";
    private static final int LISTED = 5;

    private record Found(long oid, String kind, boolean readable) {}

    private final Session session;
    private final PostgresSourceSettings settings;

    RelationCatalog(Session session, PostgresSourceSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    Relation find() throws SQLException {
        TypeCatalog types = TypeCatalog.of(session);
        return settings.query().isPresent()
                ? query(settings.query().get(), types)
                : table(TableName.parse(settings.table().orElseThrow()), types);
    }

    private Relation table(TableName name, TypeCatalog types) throws SQLException {
        List<Found> found = session.rows(
                TABLE,
                row -> new Found(row.getLong(1), row.getString(2), row.getBoolean(3)),
                name.schema(),
                name.name());
        if (found.isEmpty()) {
            throw missing(name);
        }
        Found table = found.get(0);
        record Attribute(String name, long type, int modifier, String typeName, boolean notNull) {}
        List<Attribute> attributes = session.rows(
                COLUMNS,
                row -> new Attribute(
                        row.getString(1), row.getLong(2), row.getInt(3), row.getString(4), row.getBoolean(5)),
                table.oid);
        List<SourceColumn> columns = new ArrayList<>();
        for (Attribute a : attributes) {
            columns.add(types.column(a.name, a.type, a.modifier, a.typeName, !a.notNull));
        }
        // Whoever may only read some columns may read no system column.
        boolean versioned = "rp".contains(table.kind) && table.readable;
        return Relation.ofTable(settings, name, table.oid, versioned, columns);
    }

    private Relation query(String query, TypeCatalog types) throws SQLException {
        record Described(String name, String type, int precision, int scale) {}
        String from = QueryText.subselect(query);
        List<Described> described = session.describe("SELECT * FROM " + from, metadata -> {
            List<Described> all = new ArrayList<>();
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                all.add(new Described(
                        metadata.getColumnLabel(i),
                        metadata.getColumnTypeName(i),
                        metadata.getPrecision(i),
                        metadata.getScale(i)));
            }
            return all;
        });
        List<SourceColumn> columns = new ArrayList<>();
        for (Described d : described) {
            if (columns.stream().anyMatch(column -> column.name().equals(d.name))) {
                throw MillraceException.user(
                        "query: two columns are named '" + d.name + "'; give each its own name by AS.");
            }
            columns.add(described(types, d.name, d.type, d.precision, d.scale));
        }
        return Relation.ofQuery(settings, from, columns);
    }

    /** The driver tells a type by name: as it is where the search path finds it, else "schema"."name". */
    private SourceColumn described(TypeCatalog types, String column, String type, int precision, int scale)
            throws SQLException {
        TableName name = type.startsWith("\"") ? TableName.parse(type) : new TableName("", type);
        record Type(long oid, String name) {}
        List<Type> found = session.rows(
                TYPE_BY_NAME,
                row -> new Type(row.getLong(1), row.getString(2)),
                name.name(),
                name.schema(),
                name.schema());
        if (found.isEmpty()) {
            throw MillraceException.user("query: the type " + type + " of column '" + column
                    + "' is not known; cast it in the query, for instance to text.");
        }
        int modifier = precision == 0 ? -1 : (precision << 16 | scale & 0x7ff) + 4;
        boolean numeric = name.name().equals("numeric") || name.name().equals("_numeric");
        return types.column(column, found.get(0).oid, numeric ? modifier : -1, found.get(0).name, true);
    }

    private MillraceException missing(TableName name) throws SQLException {
        List<TableName> known = session.rows(NAMES, row -> new TableName(row.getString(1), row.getString(2)));
        List<String> names = known.stream().map(TableName::toString).toList();
        String elsewhere = known.stream()
                .filter(other -> other.name().equalsIgnoreCase(name.name()))
                .map(TableName::toString)
                .limit(LISTED)
                .collect(Collectors.joining(", "));
        String hint = Suggestion.didYouMean(name.toString(), names);
        if (hint.isEmpty() && !elsewhere.isEmpty()) {
            hint = "; there is " + elsewhere;
        } else if (hint.isEmpty() && !names.isEmpty()) {
            hint = "; there are " + names.stream().limit(LISTED).collect(Collectors.joining(", "))
                    + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "");
        }
        return MillraceException.user("table: there is no " + name + " in database '"
                + session.row("SELECT pg_catalog.current_database()", row -> row.getString(1)) + "'" + hint
                + (hint.endsWith("?") ? " " : ". ") + "Names are taken as they stand, without folding to lower case.");
    }
}
