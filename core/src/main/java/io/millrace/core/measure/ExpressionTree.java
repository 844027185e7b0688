package io.millrace.core.measure;

import io.millrace.core.expression.Expression;
import io.millrace.core.expression.Position;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Copies of expression trees in which parts are others. */
final class ExpressionTree {
    private ExpressionTree() {}

    /** The same expression as if it were written at the first character, so that equal ones are equal. */
    static Expression unplaced(Expression expression) {
        return copy(expression, any -> Position.START, any -> Optional.empty());
    }

    /** With the parts for which the function has another expression replaced by that. */
    static Expression replace(Expression expression, Function<Expression, Optional<Expression>> others) {
        return copy(expression, Expression::at, others);
    }

    private static Expression copy(
            Expression node, Function<Expression, Position> place, Function<Expression, Optional<Expression>> others) {
        Optional<Expression> other = others.apply(node);
        if (other.isPresent()) {
            return other.get();
        }
        Position at = place.apply(node);
        UnaryOperator<Expression> below = child -> copy(child, place, others);
        if (node instanceof Expression.Literal it) {
            return new Expression.Literal(at, it.value(), it.type());
        } else if (node instanceof Expression.ColumnReference it) {
            return new Expression.ColumnReference(at, it.name());
        } else if (node instanceof Expression.IntervalLiteral it) {
            return new Expression.IntervalLiteral(at, it.months(), it.days(), it.micros());
        } else if (node instanceof Expression.Not it) {
            return new Expression.Not(at, below.apply(it.operand()));
        } else if (node instanceof Expression.Negate it) {
            return new Expression.Negate(at, below.apply(it.operand()));
        } else if (node instanceof Expression.Logical it) {
            return new Expression.Logical(at, it.operator(), all(it.operands(), below));
        } else if (node instanceof Expression.Arithmetic it) {
            return new Expression.Arithmetic(at, it.operator(), below.apply(it.left()), below.apply(it.right()));
        } else if (node instanceof Expression.Comparison it) {
            return new Expression.Comparison(at, it.operator(), below.apply(it.left()), below.apply(it.right()));
        }
        return copyPredicate(node, at, below);
    }

    private static Expression copyPredicate(Expression node, Position at, UnaryOperator<Expression> below) {
        if (node instanceof Expression.Between it) {
            return new Expression.Between(
                    at, below.apply(it.operand()), below.apply(it.low()), below.apply(it.high()), it.negated());
        } else if (node instanceof Expression.InList it) {
            return new Expression.InList(at, below.apply(it.operand()), all(it.choices(), below), it.negated());
        } else if (node instanceof Expression.Like it) {
            return new Expression.Like(
                    at,
                    below.apply(it.operand()),
                    below.apply(it.pattern()),
                    it.escape().map(below),
                    it.negated());
        } else if (node instanceof Expression.IsNull it) {
            return new Expression.IsNull(at, below.apply(it.operand()), it.negated());
        }
        return copyCall(node, at, below);
    }

    private static Expression copyCall(Expression node, Position at, UnaryOperator<Expression> below) {
        if (node instanceof Expression.Case it) {
            List<Expression.When> branches = it.branches().stream()
                    .map(when -> new Expression.When(below.apply(when.condition()), below.apply(when.result())))
                    .toList();
            return new Expression.Case(
                    at, it.operand().map(below), branches, it.otherwise().map(below));
        } else if (node instanceof Expression.Cast it) {
            return new Expression.Cast(at, below.apply(it.operand()), it.type(), it.lenient());
        } else if (node instanceof Expression.Extract it) {
            return new Expression.Extract(at, it.field(), below.apply(it.operand()));
        } else if (node instanceof Expression.AtTimeZone it) {
            return new Expression.AtTimeZone(at, below.apply(it.operand()), it.zone());
        } else if (node instanceof Expression.Call it) {
            return new Expression.Call(
                    at,
                    it.name(),
                    all(it.arguments(), below),
                    it.distinct(),
                    it.star(),
                    it.filter().map(below));
        }
        throw new IllegalArgumentException("an expression of class " + node.getClass());
    }

    private static List<Expression> all(List<Expression> nodes, UnaryOperator<Expression> below) {
        return nodes.stream().map(below).toList();
    }
}
