package io.millrace.sandbox;

/** Identifiers in SQL text. */
final class Sql {
    private Sql() {}

    /** One identifier, quoted. */
    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A table's name with or without its schema before a dot, each part quoted. */
    static String quotedTable(String table) {
        int dot = table.indexOf('.');
        return dot < 0 ? quoted(table) : quoted(table.substring(0, dot)) + "." + quoted(table.substring(dot + 1));
    }
}
