package io.millrace.engines.spark;

import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.Coercions;
import java.util.List;

/** CAST. Spark's own one to the same type, after what it would let pass, and we do not, has been taken out. */
final class Casting {
    /** More whole digits, and the JDK's digits of a float64, which Spark takes, may not be the shortest ones. */
    private static final int SHORTEST_DIGITS = 15;

    /** Up to so many digits after the point, BigDecimal.toString writes no exponent. */
    private static final int PLAIN_SCALE = 6;

    private Casting() {}

    static Part of(Expression.Cast cast, Rendering rendering) {
        Part operand = rendering.part(cast.operand());
        DataType type = cast.type();
        boolean far = operand.type().kind() == Kind.DATE && type.kind() == Kind.TIMESTAMP;
        Part strict = !far && Coercions.to(operand.kernel(), type).isPresent()
                ? Coercion.to(operand, type)
                : conversion(cast, operand, type);
        // Without its own failure, which is null then.
        return cast.lenient() ? Part.safe(type, strict.sql(), List.of(operand)) : strict;
    }

    private static Part conversion(Expression.Cast cast, Part operand, DataType type) {
        return switch (operand.type().kind()) {
            case STRING -> TextCasting.of(operand, type);
            case INT32, INT64 -> fromWhole(operand, type);
            case FLOAT64 -> fromFloat(cast, operand, type);
            case DECIMAL -> fromDecimal(cast, operand, type);
            case BOOLEAN -> Part.safe(type, Sql.cast(operand.sql(), type), List.of(operand));
            case DATE -> type.kind() == Kind.TIMESTAMP ? Coercion.timestamp(operand) : plain(operand, type);
            case TIMESTAMP -> type.kind() == Kind.STRING ? momentText(operand) : plain(operand, type);
            case BINARY -> fromBinary(operand);
            case JSON -> plain(operand, type);
            case LIST -> throw new IllegalStateException("lists are not converted");
        };
    }

    private static Part plain(Part operand, DataType type) {
        return Part.safe(type, Sql.cast(operand.sql(), type), List.of(operand));
    }

    private static Part orNull(Part operand, DataType type) {
        return Part.nullWhereFailed(type, Sql.cast(operand.sql(), type), List.of(operand));
    }

    private static String tryCast(String sql, DataType type) {
        return "TRY_" + Sql.cast(sql, type);
    }

    private static Part fromWhole(Part operand, DataType type) {
        return switch (type.kind()) {
            case INT32 -> Part.nullWhereFailed(type, tryCast(operand.sql(), type), List.of(operand));
            case BOOLEAN -> Part.nullWhereFailed(
                    type, "CASE " + operand.sql() + " WHEN 0 THEN false WHEN 1 THEN true END", List.of(operand));
            case DECIMAL -> orNull(operand, type);
            default -> plain(operand, type);
        };
    }

    private static Part fromFloat(Expression.Cast cast, Part operand, DataType type) {
        if (type instanceof DecimalType decimal) {
            if (decimal.precision() - decimal.scale() > SHORTEST_DIGITS) {
                throw Rendering.refused(
                        cast,
                        "Spark writes large float64 numbers with other digits, so that only decimals with up to "
                                + SHORTEST_DIGITS + " digits before the point are the same there");
            }
            return orNull(operand, type);
        } else if (type.kind() == Kind.STRING) {
            throw Rendering.refused(cast, "Spark writes float64 numbers with other digits");
        }
        // 2^63, which is no int64, but which Spark takes for the greatest one.
        String below = "nullif(" + operand.sql() + ", 9.223372036854775807E18D)";
        return Part.nullWhereFailed(type, tryCast(below, type), List.of(operand));
    }

    private static Part fromDecimal(Expression.Cast cast, Part operand, DataType type) {
        return switch (type.kind()) {
            case INT64 -> Part.nullWhereFailed(type, tryCast(operand.sql(), type), List.of(operand));
                // By way of int64: Spark looks at an approximation to see whether an int32 is enough.
            case INT32 -> Part.nullWhereFailed(type, tryCast(tryCast(operand.sql(), INT64), type), List.of(operand));
            case DECIMAL -> orNull(operand, type);
            default -> decimalText(cast, operand, type);
        };
    }

    /** Spark writes decimals as BigDecimal.toString does: with an exponent where the first digit comes late. */
    private static Part decimalText(Expression.Cast cast, Part operand, DataType type) {
        int scale = ((DecimalType) operand.type()).scale();
        if (scale <= PLAIN_SCALE) {
            return plain(operand, type);
        } else if (scale > DecimalType.MAX_PRECISION - 2) {
            throw Rendering.refused(cast, "Spark writes small numbers of " + operand.type() + " with an exponent");
        }
        String number = operand.sql();
        DataType wider = DataType.decimal(scale + 2, scale);
        // One is added so that the first digit is the first one of all, and taken away as text.
        String digits =
                "substring(CAST(CAST(abs(" + number + ") AS " + SparkTypes.name(wider) + ") + 1BD AS STRING), 2)";
        String small = "concat(CASE WHEN " + number + " < 0BD THEN '-0' ELSE '0' END, " + digits + ")";
        return Part.safe(
                type,
                "CASE WHEN abs(" + number + ") < 1BD THEN " + small + " ELSE " + Sql.cast(number, type) + " END",
                List.of(operand));
    }

    private static Part fromBinary(Part operand) {
        String known = "encode(decode(" + operand.sql() + ", 'UTF-8'), 'UTF-8') = " + operand.sql();
        String sql = "CASE WHEN " + known + " THEN " + Sql.cast(operand.sql(), STRING) + " END";
        return Part.checked(STRING, sql, List.of(operand), "NOT (" + known + ")");
    }

    /** ISO-8601 with a fraction of 0, 3 or 6 digits; Spark leaves zeros at its end out. */
    private static Part momentText(Part operand) {
        String text = Sql.cast(operand.sql(), STRING);
        String padded = "regexp_replace(" + text + ", " + Sql.text("(\\.\\d(?:\\d{3})?)\\z") + ", '$100')";
        padded = "regexp_replace(" + padded + ", " + Sql.text("(\\.\\d\\d(?:\\d{3})?)\\z") + ", '$10')";
        return Part.safe(STRING, "concat(translate(" + padded + ", ' ', 'T'), 'Z')", List.of(operand));
    }
}
