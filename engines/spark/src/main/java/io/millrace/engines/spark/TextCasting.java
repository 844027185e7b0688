package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import java.util.List;

/**
 * What text says: a regular expression lets through what we read, and Spark, which reads more, reads that. Where it does not
 * match, the empty text that it yields is null after the cast.
 */
final class TextCasting {
    private static final String NUMBER = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?";
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?";
    private static final String OFFSET = "(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2}|:[0-9]{2}:[0-9]{2})?)?";

    private TextCasting() {}

    static Part of(Part operand, DataType type) {
        return switch (type.kind()) {
            case INT32, INT64 -> cast(operand, type, matched(operand.sql(), "([+-]?[0-9]+)(?:\\.0+)?", 1));
            case FLOAT64 -> real(operand, type);
            case DECIMAL -> cast(operand, type, decimal(operand.sql()));
            case BOOLEAN -> cast(operand, type, matched(operand.sql(), "(?i:true|1|yes|false|0|no)", 0));
            case DATE -> cast(operand, type, matched(operand.sql(), DATE, 0));
            case TIMESTAMP -> cast(operand, type, moment(operand.sql()));
            case BINARY -> Part.safe(type, Sql.cast(operand.sql(), type), List.of(operand));
            case STRING, JSON, LIST -> throw new IllegalStateException("text is not converted to " + type);
        };
    }

    private static Part cast(Part operand, DataType type, String text) {
        return Part.nullWhereFailed(type, Sql.cast(text, type), List.of(operand));
    }

    private static String matched(String sql, String pattern, int group) {
        return "regexp_extract(" + sql + ", " + Sql.text("\\A" + pattern + "\\z") + ", " + group + ")";
    }

    private static String replaced(String sql, String pattern, String replacement) {
        return "regexp_replace(" + sql + ", " + Sql.text(pattern) + ", " + Sql.text(replacement) + ")";
    }

    /** Digits beyond the range are null, as they must; Double.parseDouble makes infinity of them. */
    private static Part real(Part operand, DataType type) {
        String text = matched(operand.sql(), "(?:" + NUMBER + "|(?i:nan|[+-]?infinity))", 0);
        String value = Sql.cast(text, type);
        String beyond =
                "abs(" + value + ") = CAST('Infinity' AS DOUBLE) AND NOT (" + operand.sql() + " RLIKE '(?i)inf')";
        return Part.nullWhereFailed(type, "CASE WHEN NOT (" + beyond + ") THEN " + value + " END", List.of(operand));
    }

    /** Spark would build numbers of any exponent, and takes zero for too large where its exponent is. */
    private static String decimal(String sql) {
        String shorter = replaced(matched(sql, NUMBER, 0), "([eE][+-]?)0*[1-9][0-9]{4,}\\z", "$19999");
        return replaced(shorter, "\\A[+-]?(?:0+\\.?0*|\\.0+)(?:[eE].*)?\\z", "0");
    }

    /** Spark wants seconds before an offset. */
    private static String moment(String sql) {
        String text = "translate(" + matched(sql, DATE + "(?:" + TIME + OFFSET + ")?", 0) + ", 'tz,', 'TZ.')";
        return replaced(text, "\\A(.{16})(?!:)", "$1:00");
    }
}
