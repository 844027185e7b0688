package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A relation's schema and name, taken literally: no folding to lower case. */
record TableName(String schema, String name) {
    static final String DEFAULT_SCHEMA = "public";

    private static final String PART = "(\"(?:[^\"]|\"\")+\"|[^\".]+)";
    private static final Pattern PATTERN = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** Reads {@code name} or {@code schema.name}; a part that holds a dot stands in double quotes. */
    static TableName parse(String text) {
        Matcher matcher = PATTERN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidSetting(
                    "table",
                    "'" + text + "' is not a table's name; write table, schema.table, or \"schema\".\"table\" where a "
                            + "name holds a dot");
        }
        return new TableName(
                matcher.group(1) == null ? DEFAULT_SCHEMA : unquoted(matcher.group(1)), unquoted(matcher.group(2)));
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    /** For SQL. */
    String quoted() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    /** For messages. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
