package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.function.Function;
import io.millrace.core.expression.function.Functions;
import io.millrace.core.expression.function.Intervals;
import io.millrace.core.expression.kernel.Branches;
import io.millrace.core.expression.kernel.Casts;
import io.millrace.core.expression.kernel.Coercions;
import io.millrace.core.expression.kernel.ColumnKernel;
import io.millrace.core.expression.kernel.CompareOperation;
import io.millrace.core.expression.kernel.Comparisons;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Junction;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.LongArithmetic.Operation;
import io.millrace.core.expression.kernel.Membership;
import io.millrace.core.expression.kernel.Negation;
import io.millrace.core.expression.kernel.NullTest;
import io.millrace.core.expression.kernel.Numbers;
import io.millrace.core.expression.kernel.TextMatch;
import io.millrace.core.expression.kernel.ZoneShift;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the kernel of each part of an expression by the types of the parts below it. What does not fit is told with its place. */
final class Typing {
    private static final Set<String> AGGREGATES = Set.of(
            "count", "sum", "avg", "min", "max", "first", "last", "collect_set", "collect_list", "stddev", "variance");
    private static final Map<String, String> FIELDS =
            Map.of("dow", "day_of_week", "doy", "day_of_year", "yow", "year_of_week");
    private static final Set<String> PARTS = Set.of(
            "year",
            "quarter",
            "month",
            "week",
            "day",
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "year_of_week",
            "hour",
            "minute",
            "second",
            "millisecond",
            "microsecond");

    private final Schema schema;
    private final Instant runStart;

    Typing(Schema schema, Instant runStart) {
        this.schema = schema;
        this.runStart = runStart;
    }

    /** The kernel of a whole expression, whose type must be known. */
    Kernel value(Expression expression) {
        Kernel kernel = kernel(expression);
        if (kernel.untyped()) {
            throw wrong(expression, "NULL alone has no type; write CAST(NULL AS type)");
        }
        return kernel;
    }

    private static MillraceException wrong(Expression expression, String problem) {
        return MillraceException.user(expression.at() + ": " + problem);
    }

    /** Runs what reports problems without a place. */
    private static <T> T at(Expression expression, Supplier<T> binding) {
        try {
            return binding.get();
        } catch (MillraceException problem) {
            throw wrong(expression, problem.getMessage());
        } catch (IllegalArgumentException problem) {
            throw wrong(expression, problem.getMessage());
        }
    }

    private Kernel kernel(Expression expression) {
        return ConstantKernel.fold(unfolded(expression));
    }

    private Kernel unfolded(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.type()
                    .<Kernel>map(type -> ConstantKernel.of(type, literal.value()))
                    .orElseGet(ConstantKernel::untypedNull);
        } else if (expression instanceof Expression.ColumnReference reference) {
            return column(reference);
        } else if (expression instanceof Expression.Logical logical) {
            List<Kernel> conditions =
                    logical.operands().stream().map(this::condition).toList();
            return logical.operator() == LogicalOperator.AND ? Junction.and(conditions) : Junction.or(conditions);
        } else if (expression instanceof Expression.Not not) {
            return new Negation(condition(not.operand()));
        } else if (expression instanceof Expression.Comparison comparison) {
            return comparison(comparison);
        } else if (expression instanceof Expression.Between between) {
            return between(between);
        } else if (expression instanceof Expression.InList in) {
            return in(in);
        } else if (expression instanceof Expression.Like like) {
            return like(like);
        } else if (expression instanceof Expression.IsNull isNull) {
            return new NullTest(kernel(isNull.operand()), isNull.negated());
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        } else if (expression instanceof Expression.Negate negate) {
            Kernel operand = kernel(negate.operand());
            return Numbers.negated(operand)
                    .orElseThrow(() -> wrong(negate, "- is for numbers; found " + operand.typeName()));
        } else if (expression instanceof Expression.Case choice) {
            return choice(choice);
        } else if (expression instanceof Expression.Cast cast) {
            return cast(cast);
        } else if (expression instanceof Expression.Extract extract) {
            return extract(extract);
        } else if (expression instanceof Expression.AtTimeZone zoned) {
            Kernel operand = kernel(zoned.operand());
            return Coercions.to(operand, DataType.TIMESTAMP)
                    .map(instant -> ZoneShift.toZone(instant, ZoneId.of(zoned.zone())))
                    .orElseThrow(() -> wrong(zoned, "AT TIME ZONE is for timestamps; found " + operand.typeName()));
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        }
        throw wrong(expression, "an interval is only added to dates and timestamps, or taken away from them");
    }

    private Kernel column(Expression.ColumnReference reference) {
        int position = schema.indexOf(reference.name());
        if (position >= 0) {
            return new ColumnKernel(position, schema.field(position).type());
        }
        String nearest = Suggestion.didYouMean(reference.name(), schema.names());
        throw wrong(
                reference,
                "there is no column '" + reference.name() + "' here"
                        + (nearest.isEmpty() ? " (text is written in single quotes)" : nearest) + "; the columns are "
                        + String.join(", ", schema.names()));
    }

    private Kernel condition(Expression expression) {
        Kernel kernel = kernel(expression);
        return Coercions.to(kernel, DataType.BOOLEAN)
                .orElseThrow(
                        () -> wrong(expression, "a condition must be of type boolean; found " + kernel.typeName()));
    }

    private Kernel comparison(Expression.Comparison comparison) {
        Kernel left = kernel(comparison.left());
        Kernel right = kernel(comparison.right());
        CompareOperation operation =
                switch (comparison.operator()) {
                    case EQUAL, DISTINCT, NOT_DISTINCT -> CompareOperation.EQUAL;
                    case NOT_EQUAL -> CompareOperation.NOT_EQUAL;
                    case LESS -> CompareOperation.LESS;
                    case LESS_OR_EQUAL -> CompareOperation.LESS_OR_EQUAL;
                    case GREATER -> CompareOperation.GREATER;
                    case GREATER_OR_EQUAL -> CompareOperation.GREATER_OR_EQUAL;
                };
        boolean distinct = comparison.operator() == ComparisonOperator.DISTINCT;
        if (distinct || comparison.operator() == ComparisonOperator.NOT_DISTINCT) {
            return Comparisons.distinct(!distinct, left, right)
                    .orElseThrow(
                            () -> incomparable(comparison, comparison.operator().sign(), left, right));
        }
        return compared(comparison, comparison.operator().sign(), operation, left, right);
    }

    private static Kernel compared(
            Expression place, String sign, CompareOperation operation, Kernel left, Kernel right) {
        return Comparisons.coerced(operation, left, right).orElseThrow(() -> incomparable(place, sign, left, right));
    }

    private static MillraceException incomparable(Expression place, String sign, Kernel left, Kernel right) {
        String types = left.typeName() + " and " + right.typeName();
        Optional<String> text = Coercions.literalText(left).or(() -> Coercions.literalText(right));
        boolean temporal = left.type().kind() == Kind.DATE
                || left.type().kind() == Kind.TIMESTAMP
                || right.type().kind() == Kind.DATE
                || right.type().kind() == Kind.TIMESTAMP;
        if (text.isPresent() && temporal) {
            return wrong(
                    place,
                    sign + " cannot compare " + types + ": '" + text.get()
                            + "' is not a date or timestamp in ISO-8601, such as '2024-01-31' or '2024-01-31 08:15:00'");
        }
        return wrong(place, sign + " cannot compare " + types + "; CAST(… AS type) converts one of them");
    }

    private Kernel between(Expression.Between between) {
        Kernel operand = kernel(between.operand());
        Kernel both = Junction.and(List.of(
                compared(between, "BETWEEN", CompareOperation.GREATER_OR_EQUAL, operand, kernel(between.low())),
                compared(between, "BETWEEN", CompareOperation.LESS_OR_EQUAL, operand, kernel(between.high()))));
        return between.negated() ? new Negation(both) : both;
    }

    private Kernel in(Expression.InList in) {
        Kernel operand = kernel(in.operand());
        List<Kernel> all = new ArrayList<>(List.of(operand));
        in.choices().forEach(choice -> all.add(kernel(choice)));
        List<Kernel> choices = all.subList(1, all.size());
        Optional<DataType> common = Coercions.common(all);
        Kernel test;
        if (common.isPresent() && Membership.settable(common.get())) {
            List<Kernel> coerced = all.stream()
                    .map(kernel -> Coercions.to(kernel, common.get()).orElseThrow())
                    .toList();
            test = Membership.of(coerced.get(0), coerced.subList(1, coerced.size()));
        } else {
            List<Kernel> tests = new ArrayList<>();
            for (int i = 0; i < choices.size(); i++) {
                tests.add(compared(in.choices().get(i), "IN", CompareOperation.EQUAL, operand, choices.get(i)));
            }
            test = tests.size() == 1 ? tests.get(0) : Junction.or(tests);
        }
        return in.negated() ? new Negation(test) : test;
    }

    private Kernel like(Expression.Like like) {
        Kernel operand = text(like, like.operand());
        Kernel pattern = text(like, like.pattern());
        int escape = like.escape().map(this::escape).orElse(-1);
        Kernel match = at(like, () -> TextMatch.of(operand, pattern, escape));
        return like.negated() ? new Negation(match) : match;
    }

    private int escape(Expression expression) {
        Optional<String> text = Coercions.literalText(kernel(expression));
        if (text.isEmpty() || text.get().codePointCount(0, text.get().length()) != 1) {
            throw wrong(expression, "the escape character of LIKE must be a literal text of one character");
        }
        return text.get().codePointAt(0);
    }

    private Kernel text(Expression place, Expression operand) {
        Kernel kernel = kernel(operand);
        return Coercions.to(kernel, DataType.STRING)
                .orElseThrow(() -> wrong(place, "LIKE is for string; found " + kernel.typeName()));
    }

    private Kernel arithmetic(Expression.Arithmetic arithmetic) {
        if (arithmetic.right() instanceof Expression.IntervalLiteral interval) {
            return interval(arithmetic, arithmetic.left(), interval);
        } else if (arithmetic.left() instanceof Expression.IntervalLiteral interval
                && arithmetic.operator() == ArithmeticOperator.ADD) {
            return interval(arithmetic, arithmetic.right(), interval);
        }
        Kernel left = kernel(arithmetic.left());
        Kernel right = kernel(arithmetic.right());
        Operation operation =
                switch (arithmetic.operator()) {
                    case ADD -> Operation.ADD;
                    case SUBTRACT -> Operation.SUBTRACT;
                    case MULTIPLY -> Operation.MULTIPLY;
                    case DIVIDE -> Operation.DIVIDE;
                    case REMAINDER -> Operation.REMAINDER;
                };
        return Numbers.arithmetic(operation, left, right).orElseThrow(() -> noNumbers(arithmetic, left, right));
    }

    private static MillraceException noNumbers(Expression.Arithmetic arithmetic, Kernel left, Kernel right) {
        String remedy = "";
        if (Intervals.addable(left.type()) || Intervals.addable(right.type())) {
            remedy = Intervals.addable(left.type()) && Intervals.addable(right.type())
                    ? "; date_diff('day', from, to) counts what lies between"
                    : "; write … + INTERVAL '1' DAY or date_add('day', days, date)";
        } else if (left.type().kind() == Kind.STRING && right.type().kind() == Kind.STRING) {
            remedy = arithmetic.operator() == ArithmeticOperator.ADD ? "; || joins texts" : "";
        } else if (left.type().kind() == Kind.STRING || right.type().kind() == Kind.STRING) {
            remedy = "; CAST(… AS float64) makes a number of a text";
        }
        return wrong(
                arithmetic,
                arithmetic.operator().sign() + " is for numbers; found " + left.typeName() + " and " + right.typeName()
                        + remedy);
    }

    private Kernel interval(Expression.Arithmetic arithmetic, Expression operand, Expression.IntervalLiteral literal) {
        Kernel moment = kernel(operand);
        Intervals interval = new Intervals(literal.months(), literal.days(), literal.micros());
        boolean adds = arithmetic.operator() == ArithmeticOperator.ADD;
        if (moment.untyped()
                || !Intervals.addable(moment.type())
                || !adds && arithmetic.operator() != ArithmeticOperator.SUBTRACT) {
            throw wrong(
                    arithmetic,
                    "an interval is added to dates and timestamps, or taken away from them; found " + moment.typeName()
                            + " " + arithmetic.operator().sign() + " interval");
        } else if (moment.type().kind() == Kind.DATE && !interval.wholeDays()) {
            throw wrong(arithmetic, "a date has no hours, minutes and seconds; CAST(… AS timestamp) first");
        }
        return interval.added(moment, !adds);
    }

    private Kernel choice(Expression.Case choice) {
        List<Kernel> conditions = new ArrayList<>();
        List<Kernel> results = new ArrayList<>();
        Optional<Kernel> operand = choice.operand().map(this::kernel);
        for (Expression.When branch : choice.branches()) {
            conditions.add(
                    operand.isEmpty()
                            ? condition(branch.condition())
                            : compared(
                                    branch.condition(),
                                    "CASE",
                                    CompareOperation.EQUAL,
                                    operand.get(),
                                    kernel(branch.condition())));
            results.add(kernel(branch.result()));
        }
        results.add(choice.otherwise().map(this::kernel).orElseGet(ConstantKernel::untypedNull));
        DataType type = Coercions.common(results)
                .orElseThrow(() -> wrong(
                        choice,
                        results.stream().allMatch(Kernel::untyped)
                                ? "all branches are NULL, which has no type; write CAST(NULL AS type)"
                                : "the branches of CASE must be of one type; found "
                                        + String.join(
                                                ", ",
                                                results.stream()
                                                        .map(Kernel::typeName)
                                                        .distinct()
                                                        .toList())));
        return new Branches(
                conditions,
                results.stream()
                        .map(result -> Coercions.to(result, type).orElseThrow())
                        .toList());
    }

    private Kernel cast(Expression.Cast cast) {
        Kernel operand = kernel(cast.operand());
        return Casts.of(operand, cast.type(), cast.lenient())
                .orElseThrow(
                        () -> wrong(cast, "there is no conversion from " + operand.typeName() + " to " + cast.type()));
    }

    private Kernel extract(Expression.Extract extract) {
        String part = FIELDS.getOrDefault(extract.field(), extract.field());
        if (!PARTS.contains(part)) {
            throw wrong(
                    extract,
                    "EXTRACT has no field '" + extract.field() + "'" + Suggestion.didYouMean(part, PARTS)
                            + "; the fields are "
                            + String.join(", ", PARTS.stream().sorted().toList()));
        }
        Kernel operand = kernel(extract.operand());
        return at(extract, () -> Functions.find(part).orElseThrow().bind(List.of(operand), runStart));
    }

    private Kernel call(Expression.Call call) {
        CallModifiers.refuse(call);
        Function function = Functions.find(call.name()).orElseThrow(() -> unknown(call));
        List<Kernel> arguments = call.arguments().stream().map(this::kernel).toList();
        return at(call, () -> function.bind(arguments, runStart));
    }

    private static MillraceException unknown(Expression.Call call) {
        if (AGGREGATES.contains(call.name())) {
            return wrong(
                    call,
                    call.name()
                            + " is an aggregate, which looks at many rows; an expression sees one row, so use the step"
                            + " aggregate, or greatest and least");
        }
        return wrong(
                call,
                "there is no function '" + call.name() + "'" + Suggestion.didYouMean(call.name(), Functions.names())
                        + "; docs/reference/expressions.md lists them");
    }
}
