package io.millrace.connectors.postgres;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import java.util.Optional;

/** The types that columns get which we create, and the wider ones that existing columns may get. */
final class ColumnDefinition {
    private static final int MOST_NUMERIC_DIGITS = 1_000;

    private ColumnDefinition() {}

    /** The type's name in SQL. */
    static String sqlType(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case INT32 -> "integer";
            case INT64 -> "bigint";
            case FLOAT64 -> "double precision";
            case DECIMAL -> numeric(((DecimalType) type).precision(), ((DecimalType) type).scale());
            case STRING -> "text";
            case BINARY -> "bytea";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp with time zone";
            case JSON -> "jsonb";
            case LIST -> sqlType(((ListType) type).element()) + "[]";
        };
    }

    private static String numeric(int precision, int scale) {
        return "numeric(" + precision + "," + scale + ")";
    }

    static String of(Field field, boolean notNull) {
        return Sql.identifier(field.name()) + " " + sqlType(field.type()) + (notNull ? " NOT NULL" : "");
    }

    /** The type that holds what the column holds now and all values of ours; empty where it does already, or none does. */
    static Optional<String> wider(DataType type, TargetType now) {
        if (now.domain()) {
            return Optional.empty();
        }
        return switch (now.name()) {
            case "int2" -> type.kind() == DataType.Kind.INT32
                    ? Optional.of("integer")
                    : type.kind() == DataType.Kind.INT64 ? Optional.of("bigint") : Optional.empty();
            case "int4" -> type.kind() == DataType.Kind.INT64 ? Optional.of("bigint") : Optional.empty();
            case "float4" -> type.kind() == DataType.Kind.FLOAT64 ? Optional.of("double precision") : Optional.empty();
            case "numeric" -> type instanceof DecimalType decimal ? widerNumeric(decimal, now) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> widerNumeric(DecimalType decimal, TargetType now) {
        NumericLimits limits = NumericLimits.of(now.modifier(), now.typeName(), 0);
        int integerDigits = Math.max(limits.integerDigits(), decimal.precision() - decimal.scale());
        int scale = Math.max(limits.scale(), decimal.scale());
        boolean fits = integerDigits == limits.integerDigits() && scale == limits.scale();
        return fits || integerDigits + scale > MOST_NUMERIC_DIGITS
                ? Optional.empty()
                : Optional.of(numeric(integerDigits + scale, scale));
    }
}
