package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is read: a table, view or query with the columns it has and those that are wanted. Immutable.
 *
 * @param label for messages
 * @param from for SQL's FROM
 * @param oid 0 for a query
 * @param versioned whether rows have ctid and xmin that we may read
 */
record Relation(
        String label,
        String from,
        long oid,
        Optional<TableName> table,
        boolean versioned,
        List<SourceColumn> all,
        List<SourceColumn> wanted,
        Optional<SourceColumn> timeColumn) {
    private static final String DEFAULT_TIME_COLUMN = "created_at";

    /** A table's or view's relation, seen through the settings: projection and time column checked, types known. */
    static Relation ofTable(
            PostgresSourceSettings settings, TableName table, long oid, boolean versioned, List<SourceColumn> all) {
        return of(settings, table.toString(), table.quoted(), oid, Optional.of(table), versioned, all);
    }

    /** A query's relation, seen through the settings. */
    static Relation ofQuery(PostgresSourceSettings settings, String from, List<SourceColumn> all) {
        return of(settings, "the query", from, 0, Optional.empty(), false, all);
    }

    private static Relation of(
            PostgresSourceSettings settings,
            String label,
            String from,
            long oid,
            Optional<TableName> table,
            boolean versioned,
            List<SourceColumn> all) {
        List<SourceColumn> wanted = settings.columns().isEmpty()
                ? all
                : settings.columns().stream()
                        .map(name -> require(label, all, name, "columns"))
                        .toList();
        if (wanted.isEmpty()) {
            throw MillraceException.user(label + " has no columns; there is nothing to read.");
        }
        refuseUnknownTypes(label, from, table.isEmpty(), wanted);
        return new Relation(label, from, oid, table, versioned, all, wanted, timeColumn(settings, label, all));
    }

    private static Optional<SourceColumn> timeColumn(
            PostgresSourceSettings settings, String label, List<SourceColumn> all) {
        if (settings.timeColumn().isPresent()) {
            SourceColumn named = require(label, all, settings.timeColumn().get(), "time_column");
            if (!WindowFilter.accepts(named)) {
                throw MillraceException.user("time_column '" + named.name() + "' of " + label + " is "
                        + named.typeName() + "; --start and --end need timestamptz, timestamp or date. Name another "
                        + "column, or cast it in a query.");
            }
            return Optional.of(named);
        }
        return all.stream()
                .filter(column -> column.name().equals(DEFAULT_TIME_COLUMN) && WindowFilter.accepts(column))
                .findFirst();
    }

    /** The column of this name; a user error that names the nearest where there is none. */
    SourceColumn require(String name, String key) {
        return require(label, all, name, key);
    }

    private static SourceColumn require(String label, List<SourceColumn> all, String name, String key) {
        return all.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = all.stream().map(SourceColumn::name).toList();
                    return MillraceException.user(key + ": " + label + " has no column '" + name + "'"
                            + Suggestion.didYouMean(name, names) + "; its columns are " + String.join(", ", names)
                            + ".");
                });
    }

    private static void refuseUnknownTypes(String label, String from, boolean isQuery, List<SourceColumn> wanted) {
        List<SourceColumn> unknown =
                wanted.stream().filter(column -> column.type().isEmpty()).toList();
        if (unknown.isEmpty()) {
            return;
        }
        String named = unknown.stream()
                .map(column -> "'" + column.name() + "' (" + column.typeName() + ")")
                .collect(Collectors.joining(", "));
        String select = wanted.stream()
                .map(column -> column.type().isPresent() ? Sql.identifier(column.name()) : UnknownType.cast(column))
                .collect(Collectors.joining(", "));
        throw MillraceException.user(label + " has columns of types that cannot be read: " + named + ". "
                + (isQuery
                        ? "Cast them in the query, for instance "
                                + unknown.stream().map(UnknownType::cast).collect(Collectors.joining(", ")) + "."
                        : "Leave them out by columns, or cast them: query: SELECT " + select + " FROM " + from));
    }

    /** The same relation with fewer columns. */
    Relation only(List<String> names) {
        List<SourceColumn> fewer =
                names.stream().map(name -> require(name, "columns")).toList();
        return new Relation(label, from, oid, table, versioned, all, fewer, timeColumn);
    }

    Schema schema() {
        return Schema.of(wanted.stream()
                .map(column ->
                        new Field(column.name(), column.type().orElseThrow().dataType(), column.nullable()))
                .toList());
    }

    /** The table to be locked against changes of its form while it is read. */
    Optional<String> lockable() {
        return versioned ? table.map(TableName::quoted) : Optional.empty();
    }

    /** The wanted columns for SQL's SELECT. */
    String selectList() {
        return wanted.stream().map(Relation::selected).collect(Collectors.joining(", "));
    }

    private static String selected(SourceColumn column) {
        String name = Sql.identifier(column.name());
        return column.type().orElseThrow().rawBytes() ? "pg_catalog.convert_to(" + name + "::text, 'SQL_ASCII')" : name;
    }
}
