package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.math.BigDecimal;

/**
 * A column of keys: compared as a type that holds every value of ours, so that a key the table's column could not hold is
 * missing and no error, and in a form that an index of the column can serve where there is one.
 *
 * @param alias of the keys in the query
 * @param setting that hands them over
 * @param sqlType they are compared as
 * @param compared the table's column, for SQL
 */
record KeyColumn(String name, String alias, String setting, String sqlType, String compared) {
    static KeyColumn of(Field field, SourceColumn column, int position) {
        String sqlType = sqlType(field.type(), column);
        if (sqlType == null) {
            throw MillraceException.user("the key '" + field.name() + "' is " + field.type()
                    + " and cannot be compared with column '" + column.name() + "', which is " + column.typeName()
                    + "; convert it by clean's types, or look up in a view");
        }
        String name = "_millrace_table." + Sql.identifier(column.name());
        boolean asText = sqlType.equals("text") && !isText(column);
        return new KeyColumn(
                column.name(),
                Sql.identifier("_millrace_key_" + position),
                "millrace.key_" + position,
                "pg_catalog." + sqlType,
                asText ? name + "::pg_catalog.text" : name);
    }

    private static boolean isText(SourceColumn column) {
        return switch (column.baseType()) {
            case "text", "varchar", "name" -> true;
            default -> false;
        };
    }

    /** Null where there is none. Enums, citext and uuid are compared as text. */
    private static String sqlType(DataType ours, SourceColumn column) {
        DataType theirs = column.type().map(PostgresType::dataType).orElse(null);
        if (theirs == null) {
            return null;
        }
        return switch (ours.kind()) {
            case INT32, INT64 -> switch (theirs.kind()) {
                case INT32, INT64 -> "int8";
                case DECIMAL -> "numeric";
                default -> null;
            };
            case DECIMAL -> switch (theirs.kind()) {
                case INT32, INT64, DECIMAL -> "numeric";
                default -> null;
            };
            case STRING -> theirs.kind() != DataType.Kind.STRING
                    ? null
                    : column.baseType().equals("bpchar")
                            ? "bpchar"
                            : column.baseType().equals("uuid") ? "uuid" : "text";
            case BOOLEAN -> theirs.kind() == DataType.Kind.BOOLEAN ? "bool" : null;
            case DATE -> theirs.kind() == DataType.Kind.DATE ? "date" : null;
            case TIMESTAMP -> theirs.kind() == DataType.Kind.TIMESTAMP
                    ? column.baseType().equals("timestamp") ? "timestamp" : "timestamptz"
                    : null;
            case FLOAT64, BINARY, JSON, LIST -> null;
        };
    }

    /** The keys as rows, for SQL. */
    String array() {
        return "pg_catalog.unnest(pg_catalog.current_setting('" + setting + "')::" + sqlType + "[])";
    }

    String condition() {
        return compared + " = " + alias;
    }

    /** The keys as an array's literal. What no such column can hold is a null there, which equals nothing. */
    String literal(Column keys) {
        StringBuilder text = new StringBuilder("{");
        for (int row = 0; row < keys.length(); row++) {
            text.append(row == 0 ? "" : ",");
            Object value = keys.value(row);
            String key = value == null ? null : text(value);
            if (key == null) {
                text.append("NULL");
            } else {
                append(text, key);
            }
        }
        return text.append('}').toString();
    }

    private String text(Object value) {
        String key = value.toString();
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        boolean uuid = sqlType.endsWith(".uuid");
        boolean impossible = key.indexOf('\0') >= 0
                || uuid && !key.matches("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
        return impossible ? null : key;
    }

    private static void append(StringBuilder text, String key) {
        text.append('"');
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }
}
