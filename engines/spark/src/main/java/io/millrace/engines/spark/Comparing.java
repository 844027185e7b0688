package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.ComparisonOperator;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.LogicalOperator;
import io.millrace.core.expression.kernel.Coercions;
import io.millrace.core.expression.kernel.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Comparisons, BETWEEN and IN. Spark orders values as we do: NaN above all numbers, text by its bytes. */
final class Comparing {
    private Comparing() {}

    static Part of(Expression.Comparison comparison, Rendering rendering) {
        Part left = rendering.part(comparison.left());
        Part right = rendering.part(comparison.right());
        boolean distinct = comparison.operator() == ComparisonOperator.DISTINCT;
        if (distinct || comparison.operator() == ComparisonOperator.NOT_DISTINCT) {
            Part same = compared(comparison, "<=>", left, right);
            return distinct ? same.as(DataType.BOOLEAN, "(NOT " + same.sql() + ")") : same;
        }
        return compared(comparison, comparison.operator().sign(), left, right);
    }

    static Part compared(Expression place, String sign, Part left, Part right) {
        List<Part> pair = pair(place, left, right);
        return Part.safe(
                DataType.BOOLEAN,
                "(" + pair.get(0).sql() + " " + sign + " " + pair.get(1).sql() + ")",
                pair);
    }

    private static List<Part> pair(Expression place, Part left, Part right) {
        if (left.kernel().untyped() && right.kernel().untyped()) {
            return List.of(Part.literal(DataType.BOOLEAN, null), Part.literal(DataType.BOOLEAN, null));
        }
        DataType common =
                Coercions.common(List.of(left.kernel(), right.kernel())).orElseThrow();
        if (common.kind() != Kind.DECIMAL
                || left.kernel().untyped()
                || right.kernel().untyped()) {
            return List.of(Coercion.to(left, common), Coercion.to(right, common));
        }
        DecimalType a = Coercions.asDecimal(left.kernel());
        DecimalType b = Coercions.asDecimal(right.kernel());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        if (whole + Math.max(a.scale(), b.scale()) > DecimalType.MAX_PRECISION) {
            throw Rendering.refused(
                    place,
                    "Spark compares " + a + " and " + b + " as decimals of 38 digits, which are too few to hold both");
        }
        return List.of(Coercion.to(left, a), Coercion.to(right, b));
    }

    static Part between(Expression.Between between, Rendering rendering) {
        Part operand = rendering.part(between.operand());
        Part both = Conditions.logical(
                LogicalOperator.AND,
                List.of(
                        compared(between, ">=", operand, rendering.part(between.low())),
                        compared(between, "<=", operand, rendering.part(between.high()))));
        return negated(both, between.negated());
    }

    private static Part negated(Part condition, boolean negated) {
        return negated ? condition.as(DataType.BOOLEAN, "(NOT " + condition.sql() + ")") : condition;
    }

    static Part in(Expression.InList in, Rendering rendering) {
        Part operand = rendering.part(in.operand());
        List<Part> choices = rendering.parts(in.choices());
        List<Part> all = new ArrayList<>(choices);
        all.add(0, operand);
        Optional<DataType> common = Coercions.common(Part.kernels(all));
        List<Part> tests = new ArrayList<>();
        if (common.isPresent() && Membership.settable(common.get())) {
            List<Part> coerced = choices.stream()
                    .map(choice -> Coercion.to(choice, common.get()))
                    .toList();
            Part wanted = Coercion.to(operand, common.get());
            // As our own test does: literals first, and then those that have to be computed.
            List<Part> literals = coerced.stream().filter(Part::constant).toList();
            if (!literals.isEmpty()) {
                tests.add(Part.safe(
                        DataType.BOOLEAN,
                        "(" + wanted.sql() + " IN (" + Part.list(literals.stream()) + "))",
                        List.of(wanted)));
            }
            coerced.stream()
                    .filter(choice -> !choice.constant())
                    .forEach(choice -> tests.add(compared(in, "=", wanted, choice)));
        } else {
            // Not IN: a long one would take 0.0 and -0.0 for different.
            for (int i = 0; i < choices.size(); i++) {
                tests.add(compared(in.choices().get(i), "=", operand, choices.get(i)));
            }
        }
        return negated(tests.size() == 1 ? tests.get(0) : Conditions.logical(LogicalOperator.OR, tests), in.negated());
    }
}
