package io.millrace.engines.spark;

import static io.millrace.api.data.DataType.BOOLEAN;
import static io.millrace.api.data.DataType.FLOAT64;
import static io.millrace.api.data.DataType.INT64;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import java.util.List;

/** Functions of numbers. Spark computes exp, log and pow by StrictMath, too. */
final class Numeric {
    private Numeric() {}

    static Part absolute(Part operand, DataType type) {
        Part number = type.kind() == Kind.INT64 ? Coercion.to(operand, INT64) : operand;
        String sql = "abs(" + number.sql() + ")";
        return type.kind() == Kind.INT64
                ? Part.checked(type, sql, List.of(number), number.sql() + " = " + Long.MIN_VALUE + "L")
                : Part.safe(type, sql, List.of(number));
    }

    static Part sign(Part operand, DataType type) {
        String sql = "sign(" + operand.sql() + ")";
        return Part.safe(type, type.kind() == Kind.INT64 ? Sql.cast(sql, type) : sql, List.of(operand));
    }

    static Part ofReal(String function, Part operand) {
        Part number = Coercion.to(operand, FLOAT64);
        return Part.safe(FLOAT64, function + "(" + number.sql() + ")", List.of(number));
    }

    static Part root(Part operand) {
        Part number = Coercion.to(operand, FLOAT64);
        return Part.checked(FLOAT64, "sqrt(" + number.sql() + ")", List.of(number), number.sql() + " < 0D");
    }

    /** Null with Spark where there is none. */
    static Part logarithm(String function, Part operand) {
        Part number = Coercion.to(operand, FLOAT64);
        return Part.nullWhereFailed(FLOAT64, function + "(" + number.sql() + ")", List.of(number));
    }

    static Part power(Part base, Part exponent) {
        Part b = Coercion.to(base, FLOAT64);
        Part e = Coercion.to(exponent, FLOAT64);
        return Part.checked(
                FLOAT64,
                "pow(" + b.sql() + ", " + e.sql() + ")",
                List.of(b, e),
                "(" + b.sql() + " = 0D AND " + e.sql() + " < 0D) OR (" + b.sql() + " < 0D AND " + b.sql()
                        + " <> CAST('-Infinity' AS DOUBLE) AND " + e.sql() + " <> rint(" + e.sql() + "))");
    }

    /** Spark's isnan of null is false. */
    static Part isNan(Part operand) {
        Part number = Coercion.to(operand, FLOAT64);
        return Part.safe(BOOLEAN, "(" + number.sql() + " = CAST('NaN' AS DOUBLE))", List.of(number));
    }

    static Part rounded(Part operand, long digits, DataType type) {
        if (type.kind() == Kind.INT64) {
            return Coercion.to(operand, INT64);
        } else if (operand.type() instanceof DecimalType decimal && digits >= decimal.scale()) {
            return operand;
        }
        return Part.nullWhereFailed(type, "round(" + operand.sql() + ", " + digits + ")", List.of(operand));
    }

    static Part floor(Part operand, DataType type) {
        if (type.kind() == Kind.FLOAT64) {
            return operand.as(type, floor(operand.sql()));
        }
        return decimal("floor", operand, type);
    }

    static Part ceiling(Part operand, DataType type) {
        if (type.kind() == Kind.FLOAT64) {
            return operand.as(type, "(- " + floor("(- " + operand.sql() + ")") + ")");
        }
        return decimal("ceil", operand, type);
    }

    private static Part decimal(String function, Part operand, DataType type) {
        if (type.kind() == Kind.INT64) {
            return Coercion.to(operand, INT64);
        }
        return ((DecimalType) operand.type()).scale() == 0
                ? operand
                : Part.nullWhereFailed(type, function + "(" + operand.sql() + ")", List.of(operand));
    }

    /** Spark's floor of a float64 is an int64, which has neither infinity nor -0.0. */
    private static String floor(String number) {
        String nearest = "rint(" + number + ")";
        return "CASE WHEN " + nearest + " > " + number + " THEN " + nearest + " - 1D ELSE " + nearest + " END";
    }
}
