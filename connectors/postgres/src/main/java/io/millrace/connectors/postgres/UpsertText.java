package io.millrace.connectors.postgres;

import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of an upsert: rows are copied into a temporary table, from which one statement takes the last row of
 * each key. It goes through the keys in order, so that two such statements never wait for each other in a circle.
 */
final class UpsertText {
    static final String COPIED = "_millrace_rows";
    private static final String NUMBER = Sql.identifier("_millrace_row");
    private static final String LAST = "_millrace_last";

    private final Upsert mode;
    private final String table;
    private final List<String> columns;
    private final String list;
    private final String key;

    UpsertText(Upsert mode, TableName table, Schema schema) {
        this.mode = mode;
        this.table = table.quoted();
        this.columns = schema.names();
        this.list = Sql.identifiers(columns);
        this.key = Sql.identifiers(mode.key());
    }

    String createCopied() {
        return "CREATE TEMPORARY TABLE " + COPIED + " ON COMMIT DROP AS SELECT " + list + ", 0::bigint AS " + NUMBER
                + " FROM " + table + " WITH NO DATA";
    }

    /** Loads all rows. */
    String merge() {
        return "INSERT INTO " + table + " AS t (" + list + ") " + lastOfEachKey(list) + onConflict();
    }

    /** Makes a table of the rows that {@link #merge} would load, numbered from 0, for {@link #mergePart}. */
    List<String> createLast() {
        return List.of(
                "CREATE TEMPORARY TABLE " + LAST
                        + " ON COMMIT DROP AS SELECT *, pg_catalog.row_number() OVER (ORDER BY " + key
                        + ") - 1 AS n FROM (" + lastOfEachKey(list + ", " + NUMBER) + ") AS q",
                "CREATE UNIQUE INDEX ON " + LAST + " (n)",
                "ANALYZE " + LAST);
    }

    String countLast() {
        return "SELECT pg_catalog.count(*) FROM " + LAST;
    }

    /** Loads some of the rows; parameters: from, to, and an array of those that are left out. */
    String mergePart() {
        return "INSERT INTO " + table + " AS t (" + list + ") SELECT " + list + " FROM " + LAST
                + " WHERE n >= ? AND n < ? AND NOT n = ANY (?::bigint[]) ORDER BY n" + onConflict();
    }

    /** The number that a row was copied with, and its values as JSON; parameter: its number n. */
    String describeLast() {
        return "SELECT l." + NUMBER + ", (pg_catalog.to_jsonb(l) - 'n' - '_millrace_row')::text FROM " + LAST
                + " AS l WHERE n = ?";
    }

    private String lastOfEachKey(String selected) {
        String order = mode.orderBy().stream()
                .map(column -> Sql.identifier(column) + " DESC NULLS LAST, ")
                .collect(Collectors.joining());
        return "SELECT DISTINCT ON (" + key + ") " + selected + " FROM " + COPIED + " ORDER BY " + key + ", " + order
                + NUMBER + " DESC";
    }

    private String onConflict() {
        List<String> assignments = new ArrayList<>();
        for (String column : columns) {
            if (!mode.key().contains(column)) {
                assignments.add(Sql.identifier(column) + " = excluded." + Sql.identifier(column));
            }
        }
        String target = " ON CONFLICT (" + key + ") DO ";
        if (assignments.isEmpty()) {
            return target + "NOTHING";
        }
        return target + "UPDATE SET " + String.join(", ", assignments)
                + (mode.orderBy().isEmpty() ? "" : " WHERE " + isNotOlder(0));
    }

    /** Whether the new row is at least as great as the one that is there, a null counting as least. */
    private String isNotOlder(int position) {
        if (position == mode.orderBy().size()) {
            return "true";
        }
        String column = Sql.identifier(mode.orderBy().get(position));
        String there = "t." + column;
        String ours = "excluded." + column;
        return "CASE WHEN " + ours + " IS DISTINCT FROM " + there + " THEN " + there + " IS NULL OR " + ours + " > "
                + there + " ELSE " + isNotOlder(position + 1) + " END";
    }
}
