package io.millrace.core.record;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DataType.ListType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Java objects as values of a type: number classes are changed where nothing is lost, text is never parsed. */
public final class JavaValues {
    private static final int INFERRED_SCALE = 18;

    private JavaValues() {}

    /** The type that holds an object, as wide as its class allows; null says nothing. */
    public static DataType typeOf(Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Boolean) {
            return DataType.BOOLEAN;
        } else if (isWhole(value)) {
            return DataType.INT64;
        } else if (value instanceof Double || value instanceof Float) {
            return DataType.FLOAT64;
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            return DataType.decimal(DecimalType.MAX_PRECISION, INFERRED_SCALE);
        } else if (value instanceof String) {
            return DataType.STRING;
        } else if (value instanceof byte[]) {
            return DataType.BINARY;
        } else if (value instanceof LocalDate) {
            return DataType.DATE;
        } else if (value instanceof Instant || value instanceof OffsetDateTime || value instanceof ZonedDateTime) {
            return DataType.TIMESTAMP;
        } else if (value instanceof List<?> list) {
            DataType element = null;
            for (Object one : list) {
                element = common(element, typeOf(one));
            }
            return element == null ? null : DataType.list(element);
        }
        throw new IllegalArgumentException("a " + value.getClass().getSimpleName()
                + " is not a value of any type; the types are " + DataType.NAMES);
    }

    /** A type for values of both; either may be null. */
    public static DataType common(DataType one, DataType other) {
        if (one == null || other == null || one.equals(other)) {
            return one == null ? other : one;
        }
        for (DataType wide : List.of(one, other)) {
            DataType narrow = wide == one ? other : one;
            boolean whole = narrow.kind() == Kind.INT64 || narrow.kind() == Kind.INT32;
            boolean wider = wide.kind() == Kind.FLOAT64 || wide.kind() == Kind.DECIMAL || wide.kind() == Kind.INT64;
            if (whole && wider) {
                return wide;
            }
        }
        throw new IllegalArgumentException("has values of " + one + " and of " + other);
    }

    /** The object as the class that the type's columns take; anything else is left for them to refuse. */
    public static Object as(DataType type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case INT32 -> isWhole(value) ? (Object) exactInt(((Number) value).longValue()) : value;
            case INT64 -> isWhole(value) ? (Object) ((Number) value).longValue() : value;
            case FLOAT64 -> isWhole(value) || value instanceof Float ? exactDouble((Number) value) : value;
            case DECIMAL -> decimal(value);
            case TIMESTAMP -> value instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : value instanceof ZonedDateTime zoned ? zoned.toInstant() : value;
            case LIST -> value instanceof List<?> list ? list(((ListType) type).element(), list) : value;
            case BOOLEAN, STRING, BINARY, DATE, JSON -> value;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    private static int exactInt(long value) {
        if ((int) value != value) {
            throw new IllegalArgumentException(value + " does not fit int32");
        }
        return (int) value;
    }

    private static double exactDouble(Number value) {
        double converted = value.doubleValue();
        if (value instanceof Long whole && (long) converted != whole) {
            throw new IllegalArgumentException(whole + " has too many digits for float64");
        }
        return converted;
    }

    private static Object decimal(Object value) {
        return isWhole(value)
                ? BigDecimal.valueOf(((Number) value).longValue())
                : value instanceof BigInteger whole ? new BigDecimal(whole) : value;
    }

    private static List<Object> list(DataType element, List<?> values) {
        List<Object> converted = new ArrayList<>(values.size());
        values.forEach(value -> converted.add(as(element, value)));
        return converted;
    }
}
