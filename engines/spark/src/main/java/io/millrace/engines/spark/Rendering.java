package io.millrace.engines.spark;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders the parts of one expression, constants as what they are: our own kernels have computed them. */
final class Rendering {
    private static final int MAX_LENGTH = 50_000;

    private final Schema schema;
    private final Instant runStart;
    private final Map<Expression, Part> parts = new IdentityHashMap<>();

    Rendering(Schema schema, Instant runStart) {
        this.schema = schema;
        this.runStart = runStart;
    }

    static MillraceException refused(Expression expression, String what) {
        return MillraceException.user(
                expression.at() + ": " + what + "; let the pipeline derive it as a column, or run on engine local");
    }

    Instant runStart() {
        return runStart;
    }

    /** The type of an expression that has one. */
    DataType type(Expression expression) {
        return expression.bind(schema, runStart).type();
    }

    Part part(Expression expression) {
        Part known = parts.get(expression);
        if (known == null) {
            known = constant(expression).orElseGet(() -> rendered(expression));
            requireParsable(
                    expression, known.sql().length() + (long) known.failed().length());
            parts.put(expression, known);
        }
        return known;
    }

    /** Some operands are written several times, which adds up where such calls are nested; Spark's parser then takes gigabytes. */
    private static void requireParsable(Expression expression, long length) {
        if (length > MAX_LENGTH) {
            throw refused(
                    expression,
                    "this becomes " + length + " characters of Spark SQL, more than " + MAX_LENGTH
                            + ", by being nested");
        }
    }

    List<Part> parts(List<Expression> expressions) {
        return expressions.stream().map(this::part).toList();
    }

    /** The value of what reads no column and does not fail, provided that this is true of all its parts as well. */
    private Optional<Part> constant(Expression expression) {
        if (expression instanceof Expression.ColumnReference
                || expression instanceof Expression.IntervalLiteral
                || expression.children().stream().anyMatch(child -> !isConstant(child))) {
            return Optional.empty();
        } else if (expression instanceof Expression.Literal literal
                && literal.type().isEmpty()) {
            return Optional.of(new Part("NULL", Sql.NEVER, ConstantKernel.untypedNull()));
        }
        RowFailures failures = new RowFailures();
        failures.begin(1);
        Column value =
                expression.bind(Schema.of(), runStart).evaluate(Batch.of(Schema.of(), 1, List.of(), null), failures);
        return failures.count() > 0 ? Optional.empty() : Optional.of(Part.literal(value.type(), value.value(0)));
    }

    private boolean isConstant(Expression expression) {
        return expression instanceof Expression.IntervalLiteral
                || part(expression).constant();
    }

    private Part rendered(Expression expression) {
        if (expression instanceof Expression.ColumnReference reference) {
            return Part.column(reference.name(), type(reference));
        } else if (expression instanceof Expression.Logical logical) {
            return Conditions.logical(logical.operator(), parts(logical.operands()));
        } else if (expression instanceof Expression.Not not) {
            Part operand = Coercion.to(part(not.operand()), DataType.BOOLEAN);
            return operand.as(DataType.BOOLEAN, "(NOT " + operand.sql() + ")");
        } else if (expression instanceof Expression.Comparison comparison) {
            return Comparing.of(comparison, this);
        } else if (expression instanceof Expression.Between between) {
            return Comparing.between(between, this);
        } else if (expression instanceof Expression.InList in) {
            return Comparing.in(in, this);
        } else if (expression instanceof Expression.Like like) {
            return Liking.of(like, this);
        } else if (expression instanceof Expression.IsNull isNull) {
            Part operand = part(isNull.operand());
            return operand.as(
                    DataType.BOOLEAN, "(" + operand.sql() + (isNull.negated() ? " IS NOT NULL)" : " IS NULL)"));
        } else if (expression instanceof Expression.Arithmetic arithmetic) {
            return Calculating.of(arithmetic, this);
        } else if (expression instanceof Expression.Negate negate) {
            return Calculating.negated(part(negate.operand()), type(negate));
        } else if (expression instanceof Expression.Case choice) {
            return Conditions.choice(choice, this);
        } else if (expression instanceof Expression.Cast cast) {
            return Casting.of(cast, this);
        } else if (expression instanceof Expression.Extract extract) {
            return Calendar.part(extract.field(), part(extract.operand()));
        } else if (expression instanceof Expression.AtTimeZone zoned) {
            return Zones.toZone(part(zoned.operand()), zoned.zone());
        } else if (expression instanceof Expression.Call call) {
            return SparkFunctions.render(call, parts(call.arguments()), this);
        }
        throw new IllegalStateException("bound, but of no known form: " + expression);
    }
}
