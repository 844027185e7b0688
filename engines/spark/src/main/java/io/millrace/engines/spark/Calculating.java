package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.ArithmeticOperator;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.Coercions;
import java.util.List;

/** Arithmetic. Without ANSI, Spark yields null where it divides by zero or a decimal overflows, and so do its try_ functions. */
final class Calculating {
    private static final DataType WIDEST_WHOLE = DataType.INT64;

    private Calculating() {}

    static Part of(Expression.Arithmetic arithmetic, Rendering rendering) {
        if (arithmetic.right() instanceof Expression.IntervalLiteral interval) {
            return Moments.shifted(
                    rendering.part(arithmetic.left()),
                    interval,
                    arithmetic.operator() == ArithmeticOperator.SUBTRACT,
                    rendering);
        } else if (arithmetic.left() instanceof Expression.IntervalLiteral interval) {
            return Moments.shifted(rendering.part(arithmetic.right()), interval, false, rendering);
        }
        return computed(
                arithmetic,
                arithmetic.operator(),
                rendering.part(arithmetic.left()),
                rendering.part(arithmetic.right()),
                rendering.type(arithmetic));
    }

    /** @param type of the result, by which the operands' common one is known */
    static Part computed(Expression place, ArithmeticOperator operator, Part left, Part right, DataType type) {
        String sign = " " + operator.sign() + " ";
        boolean divides = operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.REMAINDER;
        if (type.kind() == Kind.DECIMAL) {
            Part a = decimal(left, right);
            Part b = decimal(right, left);
            if (operator == ArithmeticOperator.DIVIDE) {
                requireExactQuotient(place, (DecimalType) a.type(), (DecimalType) b.type(), (DecimalType) type);
            }
            return Part.nullWhereFailed(type, "(" + a.sql() + sign + b.sql() + ")", List.of(a, b));
        }
        List<Part> pair = List.of(Coercion.to(left, type), Coercion.to(right, type));
        String a = pair.get(0).sql();
        String b = pair.get(1).sql();
        if (type.kind() == Kind.FLOAT64) {
            return divides
                    ? Part.nullWhereFailed(type, "(" + a + sign + b + ")", pair)
                    : Part.safe(type, "(" + a + sign + b + ")", pair);
        }
        String sql =
                switch (operator) {
                    case ADD -> "try_add(" + a + ", " + b + ")";
                    case SUBTRACT -> "try_subtract(" + a + ", " + b + ")";
                    case MULTIPLY -> "try_multiply(" + a + ", " + b + ")";
                    case REMAINDER -> "(" + a + " % " + b + ")";
                    case DIVIDE -> throw new IllegalStateException("whole numbers divide to float64");
                };
        return Part.nullWhereFailed(type, sql, pair);
    }

    private static Part decimal(Part part, Part other) {
        return part.kernel().untyped()
                ? Part.literal(Coercions.asDecimal(other.kernel()), null)
                : Coercion.to(part, Coercions.asDecimal(part.kernel()));
    }

    /**
     * Spark rounds a quotient to 39 digits after the point first. That changes nothing where no quotient can lie closer than that
     * to the middle between two results.
     */
    private static void requireExactQuotient(
            Expression place, DecimalType dividend, DecimalType divisor, DecimalType result) {
        int digits = divisor.precision() + Math.max(result.scale(), dividend.scale() - divisor.scale());
        if (digits > DecimalType.MAX_PRECISION + 1) {
            throw Rendering.refused(
                    place,
                    "Spark rounds a quotient by " + divisor + " twice; CAST the operands to decimals of fewer digits");
        }
    }

    static Part wholeQuotient(Part left, Part right) {
        List<Part> pair = List.of(Coercion.to(left, WIDEST_WHOLE), Coercion.to(right, WIDEST_WHOLE));
        String a = pair.get(0).sql();
        String b = pair.get(1).sql();
        return Part.checked(
                WIDEST_WHOLE,
                "(" + a + " div " + b + ")",
                pair,
                "(" + b + " = 0L AND " + a + " IS NOT NULL) OR (" + b + " = -1L AND " + a + " = " + Long.MIN_VALUE
                        + "L)");
    }

    static Part negated(Part operand, DataType type) {
        if (type.kind() == Kind.INT64) {
            Part whole = Coercion.to(operand, type);
            return Part.nullWhereFailed(type, "try_subtract(0L, " + whole.sql() + ")", List.of(whole));
        }
        return operand.as(type, "(- " + operand.sql() + ")");
    }
}
