package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.Expression;
import java.util.List;

/** LIKE with a literal pattern. Spark's escape character is {@code \} unless another one is named; ours is none. */
final class Liking {
    private Liking() {}

    static Part of(Expression.Like like, Rendering rendering) {
        Part operand = Coercion.to(rendering.part(like.operand()), DataType.STRING);
        Part pattern = Coercion.to(rendering.part(like.pattern()), DataType.STRING);
        if (!(pattern.value() instanceof String text)) {
            throw Rendering.refused(like, "on Spark the pattern of LIKE must be a literal text");
        }
        int escape = like.escape()
                .map(expression -> ((String) rendering.part(expression).value()).codePointAt(0))
                .orElse(-1);
        boolean narrow = text.codePoints().allMatch(Character::isBmpCodePoint);
        String condition = "(" + operand.sql() + (narrow ? " LIKE " : " RLIKE ")
                + Sql.text(narrow ? pattern(text, escape) : regex(text, escape)) + ")";
        return Part.safe(DataType.BOOLEAN, like.negated() ? "(NOT " + condition + ")" : condition, List.of(operand));
    }

    private static String pattern(String text, int escape) {
        StringBuilder pattern = new StringBuilder();
        boolean literal = false;
        for (int point : text.codePoints().toArray()) {
            if (point == escape && !literal) {
                literal = true;
                continue;
            }
            boolean wildcard = point == '%' || point == '_';
            pattern.append(point == '\\' || wildcard && literal ? "\\" : "").appendCodePoint(point);
            literal = false;
        }
        return pattern.toString();
    }

    /** Spark's LIKE takes characters beyond U+FFFF for two and does not find them; a regular expression does. */
    private static String regex(String text, int escape) {
        StringBuilder regex = new StringBuilder("(?s)\\A");
        boolean literal = false;
        for (int point : text.codePoints().toArray()) {
            if (point == escape && !literal) {
                literal = true;
                continue;
            } else if (point == '%' && !literal) {
                regex.append(".*");
            } else if (point == '_' && !literal) {
                regex.append('.');
            } else {
                boolean special = point < 128 && !Character.isLetterOrDigit(point);
                regex.append(special ? "\\" : "").appendCodePoint(point);
            }
            literal = false;
        }
        return regex + "\\z";
    }
}
