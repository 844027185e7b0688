package io.millrace.connectors.postgres;

/** Quoting. */
final class Sql {
    private Sql() {}

    /** A name as a quoted identifier. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text as a string literal, for statements that take no parameters. */
    static String literal(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }
}
