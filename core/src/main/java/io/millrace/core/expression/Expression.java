package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An expression as it is written, without types: a tree to bind, to render to another engine's SQL, or to ask for the columns
 * it reads. Immutable; equal trees of equal positions are equal.
 *
 * <p>{@code a || b}, {@code POSITION(a IN b)}, {@code SUBSTRING(a FROM b FOR c)} are the calls {@code concat},
 * {@code position}, {@code substring}; everything else that has a syntax of its own has a record here.
 */
public sealed interface Expression {
    /** Where it begins; for what has an operator between its operands, where that operator is. */
    Position at();

    /** The expressions directly below, in the order in which they are written. */
    List<Expression> children();

    /**
     * Reads an expression over rows. A user error with line and column where it is none, or where it has what only aggregates
     * have: {@code *}, DISTINCT, FILTER.
     */
    static Expression parse(String text) {
        Expression expression = SqlText.parse(text);
        CallModifiers.refuse(expression);
        return expression;
    }

    /**
     * Reads an expression in which calls may be aggregates: {@code count(*) FILTER (WHERE event_type = 'view')},
     * {@code count(DISTINCT item_id)}, {@code last(item_id, 50)}, {@code sum(price) / count(*)}. Who evaluates it decides which
     * names are aggregates; their arguments and filters are expressions to bind.
     */
    static Expression parseMeasure(String text) {
        return SqlText.parse(text);
    }

    /** Binds the written form in a pipeline file: text, or a plain number or boolean. */
    static Expression fromYaml(Object value) {
        if (value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger) {
            return parse(value.toString());
        }
        throw new IllegalArgumentException(
                value instanceof Number
                        ? "write the number in quotes, so that its digits stay as they are"
                        : "must be the text of an SQL expression, such as \"price * quantity\"");
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        return Map.of(
                "description",
                "An SQL expression over the columns of the row, such as price * quantity.",
                "type",
                List.of("string", "integer", "boolean"));
    }

    /** The columns it reads, in the order of their first mention. */
    default Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        collect(this, columns);
        return columns;
    }

    /** False where it has a value for every row; true where there may be rows for which it has none, which are rejected then. */
    default boolean mayFail() {
        boolean safe = this instanceof Leaf
                || this instanceof Not
                || this instanceof Logical
                || this instanceof IsNull
                || this instanceof Case
                || this instanceof Cast cast && cast.lenient();
        return !safe || children().stream().anyMatch(Expression::mayFail);
    }

    private static void collect(Expression expression, Set<String> columns) {
        if (expression instanceof ColumnReference reference) {
            columns.add(reference.name());
        }
        expression.children().forEach(child -> collect(child, columns));
    }

    /**
     * Resolves columns, functions and types. A user error with line and column where they do not fit.
     *
     * @param runStart what {@code run_start()} is
     */
    default BoundExpression bind(Schema schema, Instant runStart) {
        return BoundExpression.of(this, schema, runStart);
    }

    /** As {@link #bind}, for a condition; a user error where it is not of type boolean. */
    default BoundPredicate bindPredicate(Schema schema, Instant runStart) {
        return BoundPredicate.of(this, schema, runStart);
    }

    /**
     * A value.
     *
     * @param value of the class that {@link DataType} names for the type; null for NULL
     * @param type empty for NULL, which takes the type that its place wants
     */
    record Literal(Position at, Object value, Optional<DataType> type) implements Leaf {
        /** A number that is exactly what its digits say. */
        static Literal decimal(Position at, BigDecimal value) {
            int scale = Math.max(0, value.scale());
            int precision = Math.max(Math.max(value.precision(), scale), 1);
            if (precision > DataType.DecimalType.MAX_PRECISION) {
                throw MillraceException.user(
                        at + ": " + value + " has more than 38 digits; write it as float64: " + value + "E0");
            }
            return new Literal(at, value, Optional.of(DataType.decimal(precision, scale)));
        }
    }

    /** A column by name. */
    record ColumnReference(Position at, String name) implements Leaf {}

    /** A span of calendar months, and of days of 24 hours and parts of them in microseconds. */
    record IntervalLiteral(Position at, long months, long days, long micros) implements Leaf {}

    /** The opposite of a condition. */
    record Not(Position at, Expression operand) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /** The opposite of a number. */
    record Negate(Position at, Expression operand) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /** Conditions in the order in which they are looked at, at least two. */
    record Logical(Position at, LogicalOperator operator, List<Expression> operands) implements Expression {
        public Logical {
            operands = List.copyOf(operands);
        }

        @Override
        public List<Expression> children() {
            return operands;
        }
    }

    /** Two operands and one of {@code + - * / %}. */
    record Arithmetic(Position at, ArithmeticOperator operator, Expression left, Expression right)
            implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(left, right);
        }
    }

    /** Two operands and one of {@code = <> < <= > >=} or IS [NOT] DISTINCT FROM. */
    record Comparison(Position at, ComparisonOperator operator, Expression left, Expression right)
            implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(left, right);
        }
    }

    /** {@code operand [NOT] BETWEEN low AND high}. */
    record Between(Position at, Expression operand, Expression low, Expression high, boolean negated)
            implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand, low, high);
        }
    }

    /** {@code operand [NOT] IN (choices)}. */
    record InList(Position at, Expression operand, List<Expression> choices, boolean negated) implements Expression {
        public InList {
            choices = List.copyOf(choices);
        }

        @Override
        public List<Expression> children() {
            return Children.of(operand, choices);
        }
    }

    /** {@code operand [NOT] LIKE pattern [ESCAPE escape]}. */
    record Like(Position at, Expression operand, Expression pattern, Optional<Expression> escape, boolean negated)
            implements Expression {
        @Override
        public List<Expression> children() {
            return Children.of(List.of(operand, pattern), escape);
        }
    }

    /** {@code operand IS [NOT] NULL}. */
    record IsNull(Position at, Expression operand, boolean negated) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /** CASE, with an operand that is compared with each WHEN, or without and conditions there. */
    record Case(Position at, Optional<Expression> operand, List<When> branches, Optional<Expression> otherwise)
            implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        @Override
        public List<Expression> children() {
            return Children.of(operand, branches, otherwise);
        }
    }

    /** A branch of {@link Case}. */
    record When(Expression condition, Expression result) {}

    /** CAST, or TRY_CAST where it is {@code lenient}: then what cannot be converted is null. */
    record Cast(Position at, Expression operand, DataType type, boolean lenient) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /** {@code EXTRACT(field FROM operand)}; the field in lower case. */
    record Extract(Position at, String field, Expression operand) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /** What the clocks of a zone show at an instant: a timestamp that has to be read as if it were UTC. */
    record AtTimeZone(Position at, Expression operand, String zone) implements Expression {
        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /**
     * A call of a function or aggregate.
     *
     * @param name in lower case
     * @param distinct whether DISTINCT stands before the arguments
     * @param star whether {@code *} stands instead of them
     * @param filter the condition of {@code FILTER (WHERE …)}
     */
    record Call(
            Position at,
            String name,
            List<Expression> arguments,
            boolean distinct,
            boolean star,
            Optional<Expression> filter)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        /** A call of a function. */
        public static Call of(Position at, String name, List<Expression> arguments) {
            return new Call(at, name, arguments, false, false, Optional.empty());
        }

        /** True where it has nothing that only aggregates have. */
        public boolean plain() {
            return !distinct && !star && filter.isEmpty();
        }

        @Override
        public List<Expression> children() {
            return Children.of(arguments, filter);
        }
    }

    /** An expression without others below. */
    sealed interface Leaf extends Expression {
        @Override
        default List<Expression> children() {
            return List.of();
        }
    }
}
