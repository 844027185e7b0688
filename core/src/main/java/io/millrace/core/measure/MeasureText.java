package io.millrace.core.measure;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.function.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads measures: an aggregate call, or a formula of several. */
final class MeasureText {
    private static final String RATIO = "ratio";

    private MeasureText() {}

    static Measure parse(String text) {
        Expression tree = Expression.parseMeasure(text);
        if (tree instanceof Expression.Call call && MeasureFunctions.known(call.name())) {
            return MeasureFunctions.measure(call);
        }
        List<Measure> parts = new ArrayList<>();
        Expression formula = ExpressionTree.replace(tree, node -> part(node, parts));
        if (parts.isEmpty()) {
            throw MillraceException.user(
                    "there is no aggregate in it; a measure is one, such as count(*) or sum(price),"
                            + " or a formula of several: sum(price) / count(*)");
        }
        return new Measure.Combined(formula, parts);
    }

    /** What stands in the formula for a node, where that is not the node itself. */
    private static Optional<Expression> part(Expression node, List<Measure> parts) {
        if (node instanceof Expression.ColumnReference column) {
            throw MillraceException.user(column.at() + ": the column '" + column.name()
                    + "' stands outside of an aggregate, where a group has many values of it; write max("
                    + column.name()
                    + ") or another aggregate, or derive a column in a later step");
        }
        if (!(node instanceof Expression.Call call)) {
            return Optional.empty();
        }
        if (call.name().equals(RATIO)) {
            return Optional.of(ratio(call, parts));
        }
        if (MeasureFunctions.known(call.name())) {
            parts.add(MeasureFunctions.measure(call));
            return Optional.of(new Expression.ColumnReference(call.at(), Measure.Combined.partName(parts.size() - 1)));
        }
        if (!call.plain() || Functions.find(call.name()).isEmpty()) {
            throw MillraceException.user(call.at() + ": there is no aggregate '" + call.name() + "'"
                    + Suggestion.didYouMean(call.name(), new TreeSet<>(MeasureFunctions.names())));
        }
        return Optional.empty();
    }

    /** {@code a / b} in FLOAT64, null where b is zero. */
    private static Expression ratio(Expression.Call call, List<Measure> parts) {
        if (call.arguments().size() != 2 || !call.plain()) {
            throw MillraceException.user(call.at() + ": ratio takes two measures, as in"
                    + " ratio(count(*) FILTER (WHERE clicked), count(*))");
        }
        Expression shape = Expression.parse("CAST(numerator AS DOUBLE) / NULLIF(CAST(denominator AS DOUBLE), 0E0)");
        List<Expression> sides = call.arguments().stream()
                .map(side -> ExpressionTree.replace(side, node -> part(node, parts)))
                .toList();
        return ExpressionTree.replace(
                shape,
                node -> node instanceof Expression.ColumnReference side
                        ? Optional.of(sides.get(side.name().equals("numerator") ? 0 : 1))
                        : Optional.empty());
    }
}
