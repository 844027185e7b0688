package io.millrace.connectors.postgres;

import java.util.List;
import java.util.stream.Collectors;

/** Quoting. */
final class Sql {
    private Sql() {}

    /** A name as a quoted identifier. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Names as quoted identifiers, with commas between them. */
    static String identifiers(List<String> names) {
        return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    /** A text as a string literal, for statements that take no parameters. */
    static String literal(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }
}
