package io.millrace.engines.spark;

import static io.millrace.api.data.DataType.DATE;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.TIMESTAMP;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.ArithmeticOperator;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.Expression.Call;
import java.util.List;
import java.util.Locale;

/** Cutting, moving and counting of time. Where units are of one length it is arithmetic of days and microseconds. */
final class Moments {
    /** 31 days in microseconds. */
    private static final long MONTH = 31 * 86_400_000_000L;

    private Moments() {}

    static Part shifted(Part operand, Expression.IntervalLiteral interval, boolean negated, Rendering rendering) {
        if (interval.months() == 0) {
            long sign = negated ? -1 : 1;
            boolean date = operand.type().kind() == Kind.DATE;
            long amount = sign * (date ? interval.days() : interval.days() * micros("DAY") + interval.micros());
            Part literal = Part.literal(INT64, amount);
            return date ? days(operand, literal, literal.sql()) : micros(operand, literal, literal.sql());
        }
        ArithmeticOperator operator = negated ? ArithmeticOperator.SUBTRACT : ArithmeticOperator.ADD;
        Edges edges = Edges.of(
                operand.type(),
                moment -> new Expression.Arithmetic(interval.at(), operator, moment, interval),
                rendering.runStart());
        return months(interval, edges, operand, negated ? -interval.months() : interval.months());
    }

    private static Part months(Expression place, Edges edges, Part moment, long months) {
        if (months != (int) months) {
            throw Rendering.refused(place, "Spark counts months in int32; " + months + " is too many");
        }
        String sql = moment.type().kind() == Kind.DATE
                ? "add_months(" + moment.sql() + ", " + months + ")"
                : "(" + moment.sql() + " + INTERVAL '" + months + "' MONTH)";
        return edges.within(moment, moment.type(), sql);
    }

    /** @param days the amount in days; null where that is beyond int64 */
    private static Part days(Part date, Part amount, String days) {
        String moved = "try_add(CAST(unix_date(" + date.sql() + ") AS BIGINT), " + days + ")";
        return Part.nullWhereFailed(DATE, "date_from_unix_date(TRY_CAST(" + moved + " AS INT))", List.of(date, amount));
    }

    private static Part micros(Part instant, Part amount, String micros) {
        return Part.nullWhereFailed(
                TIMESTAMP,
                "timestamp_micros(try_add(unix_micros(" + instant.sql() + "), " + micros + "))",
                List.of(instant, amount));
    }

    private static Part moment(Part operand) {
        return operand.type().kind() == Kind.DATE && !operand.kernel().untyped()
                ? operand
                : Coercion.to(operand, TIMESTAMP);
    }

    private static String unit(Part part) {
        return ((String) part.value()).toUpperCase(Locale.ROOT);
    }

    static Part truncated(Call call, List<Part> arguments, Rendering rendering) {
        Part moment = moment(arguments.get(1));
        String unit = unit(arguments.get(0));
        boolean date = moment.type().kind() == Kind.DATE;
        if (date && unit.equals("DAY")) {
            return moment;
        }
        Edges edges = Edges.of(
                moment.type(),
                column -> Call.of(
                        call.at(), "date_trunc", List.of(call.arguments().get(0), column)),
                rendering.runStart());
        return edges.within(
                moment,
                moment.type(),
                date ? truncated(moment.sql(), unit) : "date_trunc('" + unit + "', " + moment.sql() + ")");
    }

    /** Spark's own week is a wrong one in the first week of all. */
    private static String truncated(String date, String unit) {
        return unit.equals("WEEK")
                ? "date_sub(" + date + ", weekday(" + date + "))"
                : "trunc(" + date + ", '" + unit + "')";
    }

    static Part added(Call call, List<Part> arguments, Rendering rendering) {
        Part amount = Coercion.to(arguments.get(1), INT64);
        Part moment = moment(arguments.get(2));
        String unit = unit(arguments.get(0));
        int months = months(unit);
        if (months == 0) {
            boolean date = moment.type().kind() == Kind.DATE;
            long factor = date ? micros(unit) / micros("DAY") : micros(unit);
            String scaled = "try_multiply(" + amount.sql() + ", " + factor + "L)";
            return date ? days(moment, amount, scaled) : micros(moment, amount, scaled);
        } else if (!(amount.value() instanceof Long count)) {
            throw Rendering.refused(call, "on Spark the number of months, quarters or years to add must be a literal");
        } else {
            Edges edges = Edges.of(
                    moment.type(),
                    column -> Call.of(
                            call.at(),
                            "date_add",
                            List.of(call.arguments().get(0), call.arguments().get(1), column)),
                    rendering.runStart());
            return months(call, edges, moment, Math.multiplyExact(count, (long) months));
        }
    }

    static Part difference(List<Part> arguments) {
        Part from = Coercion.to(arguments.get(1), TIMESTAMP);
        Part to = Coercion.to(arguments.get(2), TIMESTAMP);
        String unit = unit(arguments.get(0));
        int months = months(unit);
        if (months > 0) {
            String between = "(" + place(to.sql()) + " - " + place(from.sql()) + ")";
            return Part.safe(INT64, "(" + between + " div " + months * MONTH + "BD)", List.of(from, to));
        }
        String micros = "try_subtract(unix_micros(" + to.sql() + "), unix_micros(" + from.sql() + "))";
        return Part.nullWhereFailed(INT64, "(" + micros + " div " + micros(unit) + "L)", List.of(from, to));
    }

    /**
     * The microseconds since the year 0 as if all months had 31 days, so that the complete months between two instants are a
     * quotient. Spark's timestampdiff lets one be missing at the ends of months.
     */
    private static String place(String instant) {
        return "((year(" + instant + ") * 12L + month(" + instant + ")) * " + MONTH + "BD + (day(" + instant
                + ") - 1L) * 86400000000L + pmod(unix_micros(" + instant + "), 86400000000L))";
    }

    private static int months(String unit) {
        return switch (unit) {
            case "YEAR" -> 12;
            case "QUARTER" -> 3;
            case "MONTH" -> 1;
            default -> 0;
        };
    }

    private static long micros(String unit) {
        return switch (unit) {
            case "WEEK" -> 7 * 86_400_000_000L;
            case "DAY" -> 86_400_000_000L;
            case "HOUR" -> 3_600_000_000L;
            case "MINUTE" -> 60_000_000L;
            case "SECOND" -> 1_000_000L;
            case "MILLISECOND" -> 1_000L;
            case "MICROSECOND" -> 1L;
            default -> throw new IllegalStateException("there is no unit " + unit);
        };
    }

    static Part epoch(String function, Part operand) {
        Part instant = Coercion.to(operand, TIMESTAMP);
        return Part.safe(INT64, function + "(" + instant.sql() + ")", List.of(instant));
    }

    static Part fromEpoch(long factor, Part operand) {
        Part count = Coercion.to(operand, DataType.INT64);
        return Part.nullWhereFailed(
                TIMESTAMP, "timestamp_micros(try_multiply(" + count.sql() + ", " + factor + "L))", List.of(count));
    }
}
