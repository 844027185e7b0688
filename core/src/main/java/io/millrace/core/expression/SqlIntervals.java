package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.trino.sql.parser.SqlBaseParser;
import java.math.BigDecimal;
import java.util.Locale;

/** {@code INTERVAL '1' DAY} and its like: one number, one unit. */
final class SqlIntervals {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private SqlIntervals() {}

    static Expression.IntervalLiteral of(SqlBaseParser.IntervalContext context) {
        Position at = SqlTranslation.at(context.getStart());
        String text = SqlLiterals.text(context.string());
        String unit = context.from.getText().toLowerCase(Locale.ROOT);
        if (context.to != null) {
            throw MillraceException.user(at + ": write one unit an interval, and add intervals up: INTERVAL '1' DAY,"
                    + " then INTERVAL '2' HOUR");
        }
        try {
            BigDecimal amount = new BigDecimal(text.strip());
            amount = context.sign != null && context.sign.getType() == SqlBaseParser.MINUS ? amount.negate() : amount;
            return unit.equals("second")
                    ? new Expression.IntervalLiteral(
                            at,
                            0,
                            0,
                            amount.multiply(BigDecimal.valueOf(MICROS_PER_SECOND))
                                    .longValueExact())
                    : whole(at, unit, amount.longValueExact());
        } catch (ArithmeticException | NumberFormatException wrong) {
            throw MillraceException.user(at + ": '" + text + "' is not a "
                    + (unit.equals("second") ? "number, or has parts of a microsecond" : "whole number")
                    + " in the range of int64");
        }
    }

    private static Expression.IntervalLiteral whole(Position at, String unit, long amount) {
        long minute = 60 * MICROS_PER_SECOND;
        return switch (unit) {
            case "year" -> new Expression.IntervalLiteral(at, Math.multiplyExact(amount, 12L), 0, 0);
            case "month" -> new Expression.IntervalLiteral(at, amount, 0, 0);
            case "day" -> new Expression.IntervalLiteral(at, 0, amount, 0);
            case "hour" -> new Expression.IntervalLiteral(at, 0, 0, Math.multiplyExact(amount, 60 * minute));
                // The grammar has no other one.
            default -> new Expression.IntervalLiteral(at, 0, 0, Math.multiplyExact(amount, minute));
        };
    }
}
