package io.millrace.engines.spark;

import static io.millrace.api.data.DataType.BOOLEAN;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.api.data.DataType;
import java.util.List;

/** Functions of text. Spark counts code points, too, but in int32. */
final class Text {
    /** No text has so many code points. */
    static final long ENOUGH = 1L << 30;

    private static final long MAX_LENGTH = 1_000_000;

    private Text() {}

    static List<Part> texts(List<Part> operands) {
        return operands.stream().map(operand -> Coercion.to(operand, STRING)).toList();
    }

    /** A function of Spark that takes texts and fails for none. */
    static Part plain(String function, List<Part> operands, DataType type) {
        List<Part> texts = texts(operands);
        return Part.safe(type, function + "(" + Part.list(texts.stream()) + ")", texts);
    }

    static Part test(String function, List<Part> operands) {
        return plain(function, operands, BOOLEAN);
    }

    static Part length(Part operand) {
        return Part.safe(INT64, Sql.cast("length(" + operand.sql() + ")", INT64), List.of(operand));
    }

    static Part position(List<Part> operands) {
        return Part.safe(INT64, Sql.cast("locate(" + Part.list(operands.stream()) + ")", INT64), operands);
    }

    static Part trimmed(String where, List<Part> operands) {
        List<Part> texts = texts(operands);
        String what = texts.size() == 1 ? "" : texts.get(1).sql() + " ";
        return Part.safe(
                STRING, "trim(" + where + " " + what + "FROM " + texts.get(0).sql() + ")", texts);
    }

    /** A number as an int32: what is beyond the bounds becomes the bound. */
    static String clamped(Part number, long least, long most) {
        if (number.value() instanceof Long value) {
            return Long.toString(Math.max(least, Math.min(most, value)));
        }
        String sql = number.sql();
        return "CAST(CASE WHEN " + sql + " < " + least + "L THEN " + least + "L WHEN " + sql + " > " + most + "L THEN "
                + most + "L ELSE " + sql + " END AS INT)";
    }

    static Part substring(List<Part> operands) {
        Part text = Coercion.to(operands.get(0), STRING);
        Part start = Coercion.to(operands.get(1), INT64);
        if (operands.size() == 2) {
            return Part.safe(
                    STRING,
                    "substring(" + text.sql() + ", " + clamped(start, -ENOUGH, ENOUGH) + ")",
                    List.of(text, start));
        }
        Part length = Coercion.to(operands.get(2), INT64);
        return Part.safe(
                STRING,
                "substring(" + text.sql() + ", " + clamped(start, -ENOUGH, ENOUGH) + ", "
                        + clamped(kept(start, length), -ENOUGH, Integer.MAX_VALUE) + ")",
                List.of(text, start, length));
    }

    /** The length that is left where the start has been moved up to the bound. */
    private static Part kept(Part start, Part length) {
        if (start.value() instanceof Long first && first >= -ENOUGH) {
            return length;
        }
        String moved = start.sql() + " < " + -ENOUGH + "L AND " + length.sql() + " > 0L";
        String sql = "CASE WHEN " + moved + " THEN " + length.sql() + " + (" + start.sql() + " + " + ENOUGH + "L) ELSE "
                + length.sql() + " END";
        return Part.safe(INT64, sql, List.of(start, length));
    }

    static Part left(List<Part> operands) {
        Part text = Coercion.to(operands.get(0), STRING);
        Part count = Coercion.to(operands.get(1), INT64);
        return Part.safe(STRING, "left(" + text.sql() + ", " + clamped(count, 0, ENOUGH) + ")", List.of(text, count));
    }

    static Part right(List<Part> operands) {
        Part text = Coercion.to(operands.get(0), STRING);
        Part count = Coercion.to(operands.get(1), INT64);
        return Part.safe(STRING, "right(" + text.sql() + ", " + clamped(count, 0, ENOUGH) + ")", List.of(text, count));
    }

    static Part splitPart(List<Part> operands) {
        Part text = Coercion.to(operands.get(0), STRING);
        Part separator = Coercion.to(operands.get(1), STRING);
        Part number = Coercion.to(operands.get(2), INT64);
        // 0 would be an error that ends the query.
        String index = "nullif(" + clamped(number, -ENOUGH, ENOUGH) + ", 0)";
        return Part.nullWhereFailed(
                STRING,
                "split_part(" + text.sql() + ", " + separator.sql() + ", " + index + ")",
                List.of(text, separator, number));
    }

    static Part padded(String function, List<Part> operands) {
        Part text = Coercion.to(operands.get(0), STRING);
        Part size = Coercion.to(operands.get(1), INT64);
        Part padding = operands.size() == 2 ? Part.literal(STRING, " ") : Coercion.to(operands.get(2), STRING);
        String limited = "CAST(CASE WHEN " + size.sql() + " < 0L THEN 0L WHEN " + size.sql() + " <= " + MAX_LENGTH
                + "L THEN " + size.sql() + " END AS INT)";
        return Part.nullWhereFailed(
                STRING,
                function + "(" + text.sql() + ", " + limited + ", " + padding.sql() + ")",
                List.of(text, size, padding));
    }

    static Part repeated(List<Part> operands) {
        Part text = Coercion.to(operands.get(0), STRING);
        Part times = Coercion.to(operands.get(1), INT64);
        String bytes = "octet_length(" + text.sql() + ")";
        String limited = "CAST(CASE WHEN " + times.sql() + " IS NULL THEN NULL WHEN " + bytes + " = 0 OR " + times.sql()
                + " < 0L THEN 0L WHEN " + times.sql() + " <= " + MAX_LENGTH + "L div " + bytes + " THEN " + times.sql()
                + " END AS INT)";
        return Part.nullWhereFailed(STRING, "repeat(" + text.sql() + ", " + limited + ")", List.of(text, times));
    }
}
