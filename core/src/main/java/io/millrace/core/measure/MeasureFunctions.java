package io.millrace.core.measure;

import io.millrace.api.MillraceException;
import io.millrace.core.expression.Expression;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The aggregates by name: which arguments each takes, and the measure that a call of it is. */
final class MeasureFunctions {
    private static final int MOST_VALUES = 100_000;

    private static final List<String> NAMES = List.of(
            "count",
            "approx_count_distinct",
            "sum",
            "avg",
            "min",
            "max",
            "first",
            "last",
            "top",
            "entropy",
            "histogram",
            "session_count",
            "session_seconds",
            "collect_set",
            "collect_list",
            "variance",
            "var_samp",
            "var_pop",
            "stddev",
            "stddev_samp",
            "stddev_pop",
            "approx_quantile");

    private MeasureFunctions() {}

    static List<String> names() {
        return NAMES;
    }

    static boolean known(String name) {
        return NAMES.contains(name);
    }

    /** The measure of a call; a user error with its place where the arguments do not fit. */
    static Measure measure(Expression.Call call) {
        Measure.Basic basic = basic(call);
        call.arguments().forEach(MeasureFunctions::refuseNested);
        call.filter().ifPresent(MeasureFunctions::refuseNested);
        return call.filter().isPresent()
                ? new Measure.Filtered(basic, call.filter().get())
                : basic;
    }

    private static Measure.Basic basic(Expression.Call call) {
        if (call.name().equals("count")) {
            return count(call);
        }
        if (call.star() || call.distinct()) {
            throw wrong(call, (call.star() ? "* " : "DISTINCT ") + "goes with count only");
        }
        Optional<Expression> value = call.arguments().stream().findFirst();
        return switch (call.name()) {
            case "last" -> new Measure.Last(value, optionalNumber(call, "last(x) or last(x, n)"));
            case "collect_set" -> new Measure.CollectSet(
                    value, optionalNumber(call, "collect_set(x) or collect_set(x, n)"));
            case "collect_list" -> new Measure.CollectList(
                    value, optionalNumber(call, "collect_list(x) or collect_list(x, n)"));
            case "top" -> new Measure.Top(value, requireTwo(call, "top(x, n)").number(call));
            case "histogram" -> new Measure.Histogram(
                    value, requireTwo(call, "histogram(x, n)").number(call));
            case "session_count", "session_seconds" -> new Measure.Sessions(
                    value,
                    requireTwo(call, call.name() + "(time, seconds)").number(call),
                    call.name().equals("session_seconds"));
            case "approx_quantile" -> new Measure.ApproxQuantile(
                    value, requireTwo(call, "approx_quantile(x, q)").fraction(call));
            default -> single(call);
        };
    }

    private static Measure.Basic count(Expression.Call call) {
        if (call.star()) {
            return new Measure.CountRows();
        }
        if (call.arguments().size() != 1) {
            throw wrong(call, "write count(*), count(x) or count(DISTINCT x)");
        }
        Optional<Expression> value = Optional.of(call.arguments().get(0));
        return call.distinct() ? new Measure.CountDistinct(value) : new Measure.Count(value);
    }

    private static Measure.Basic single(Expression.Call call) {
        if (call.arguments().size() != 1) {
            throw wrong(call, "takes one argument: " + call.name() + "(x)");
        }
        Optional<Expression> value = Optional.of(call.arguments().get(0));
        return switch (call.name()) {
            case "approx_count_distinct" -> new Measure.ApproxCountDistinct(value);
            case "sum" -> new Measure.Sum(value);
            case "avg" -> new Measure.Average(value);
            case "min" -> new Measure.Minimum(value);
            case "max" -> new Measure.Maximum(value);
            case "first" -> new Measure.First(value);
            case "entropy" -> new Measure.Entropy(value);
            case "variance", "var_samp" -> new Measure.Variance(value, false);
            case "var_pop" -> new Measure.Variance(value, true);
            case "stddev", "stddev_samp" -> new Measure.Deviation(value, false);
            case "stddev_pop" -> new Measure.Deviation(value, true);
            default -> throw new IllegalArgumentException(call.name());
        };
    }

    private static OptionalInt optionalNumber(Expression.Call call, String form) {
        return switch (call.arguments().size()) {
            case 1 -> OptionalInt.empty();
            case 2 -> OptionalInt.of(new Second(call.arguments().get(1)).number(call));
            default -> throw wrong(call, "write " + form);
        };
    }

    private static Second requireTwo(Expression.Call call, String form) {
        if (call.arguments().size() != 2) {
            throw wrong(call, "write " + form);
        }
        return new Second(call.arguments().get(1));
    }

    /** The second argument, which has to be a number as it stands. */
    private record Second(Expression written) {
        int number(Expression.Call call) {
            if (written instanceof Expression.Literal literal
                    && (literal.value() instanceof Integer || literal.value() instanceof Long)) {
                long number = ((Number) literal.value()).longValue();
                if (number >= 1 && number <= MOST_VALUES) {
                    return (int) number;
                }
            }
            throw wrong(call, "the second argument is a whole number from 1 to " + MOST_VALUES);
        }

        double fraction(Expression.Call call) {
            if (written instanceof Expression.Literal literal && literal.value() instanceof Number number) {
                double fraction = number instanceof BigDecimal decimal ? decimal.doubleValue() : number.doubleValue();
                if (fraction >= 0 && fraction <= 1) {
                    return fraction;
                }
            }
            throw wrong(call, "the second argument is a number from 0 to 1, such as 0.95");
        }
    }

    private static void refuseNested(Expression expression) {
        if (expression instanceof Expression.Call call && (known(call.name()) || !call.plain())) {
            throw wrong(call, "stands within another aggregate; aggregate in two steps");
        }
        expression.children().forEach(MeasureFunctions::refuseNested);
    }

    private static MillraceException wrong(Expression.Call call, String problem) {
        return MillraceException.user(call.at() + ", " + call.name() + ": " + problem);
    }
}
