package io.millrace.core.record;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema of records that bring none, and their batch. Each column's type follows from the classes of its values: whole
 * numbers are int64, {@code Float} and {@code Double} (also mixed with whole numbers) float64, {@code BigDecimal} and
 * {@code BigInteger} decimal(38, s) with the largest scale seen, text string, {@code byte[]} binary, {@code LocalDate} date,
 * {@code Instant}, {@code OffsetDateTime}, {@code ZonedDateTime} and {@code Date} timestamp, collections list. A column of
 * nulls alone is string. Columns come in the order in which the records name them.
 */
public final class RecordSchema {
    private RecordSchema() {}

    /** The narrowest schema that holds all records; a user error that names the column where there is none. */
    public static Schema infer(List<? extends Map<String, ?>> records) {
        Map<String, DataType> types = new LinkedHashMap<>();
        for (Map<String, ?> record : records) {
            record.forEach(
                    (name, value) -> types.merge(name, typeOf(name, value), (one, other) -> join(name, one, other)));
        }
        List<Field> fields = new ArrayList<>();
        types.forEach(
                (name, type) -> fields.add(Field.of(name, type.equals(UNKNOWN) ? DataType.STRING : settled(type))));
        return Schema.of(fields);
    }

    /** A batch of these records, their values converted to the classes that the schema's types have in Java. */
    public static Batch batch(Schema schema, List<? extends Map<String, ?>> records) {
        BatchBuilder builder = new BatchBuilder(schema);
        for (Map<String, ?> record : records) {
            Map<String, Object> converted = new LinkedHashMap<>();
            record.forEach((name, value) -> converted.put(
                    name,
                    schema.contains(name)
                            ? convert(value, schema.field(schema.indexOf(name)).type())
                            : value));
            builder.appendRecord(converted);
        }
        return builder.build(null);
    }

    /** Stands for the type of null, which joins with any; no value has it. */
    private static final DataType UNKNOWN = DataType.list(DataType.list(DataType.BINARY));

    private static DataType settled(DataType type) {
        if (type instanceof ListType list) {
            return DataType.list(list.element().equals(UNKNOWN) ? DataType.STRING : settled(list.element()));
        }
        return type;
    }

    private static DataType typeOf(String name, Object value) {
        if (value == null) {
            return UNKNOWN;
        } else if (value instanceof Boolean) {
            return DataType.BOOLEAN;
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return DataType.INT64;
        } else if (value instanceof Double || value instanceof Float) {
            return DataType.FLOAT64;
        } else if (value instanceof BigInteger) {
            return DataType.decimal(DecimalType.MAX_PRECISION, 0);
        } else if (value instanceof BigDecimal decimal && decimal.scale() <= DecimalType.MAX_PRECISION) {
            return DataType.decimal(DecimalType.MAX_PRECISION, Math.max(0, decimal.scale()));
        } else if (value instanceof CharSequence || value instanceof Enum<?> || value instanceof Character) {
            return DataType.STRING;
        } else if (value instanceof byte[]) {
            return DataType.BINARY;
        } else if (value instanceof LocalDate) {
            return DataType.DATE;
        } else if (instant(value) != null) {
            return DataType.TIMESTAMP;
        } else if (value instanceof Collection<?> collection) {
            DataType element = UNKNOWN;
            for (Object item : collection) {
                element = join(name, element, typeOf(name, item));
            }
            return DataType.list(element);
        }
        throw MillraceException.user(
                "column '" + name + "' holds a " + value.getClass().getName()
                        + ", which no column type stores; convert it first (a LocalDateTime to an Instant, a map to JSON text)");
    }

    private static DataType join(String name, DataType one, DataType other) {
        if (one.equals(other) || other.equals(UNKNOWN)) {
            return one;
        } else if (one.equals(UNKNOWN)) {
            return other;
        } else if (one instanceof DecimalType first && other instanceof DecimalType second) {
            return first.scale() > second.scale() ? first : second;
        } else if (one instanceof ListType first && other instanceof ListType second) {
            return DataType.list(join(name, first.element(), second.element()));
        }
        Kind first = one.kind();
        Kind second = other.kind();
        if (first == Kind.INT64 && (second == Kind.FLOAT64 || second == Kind.DECIMAL)) {
            return other;
        } else if (second == Kind.INT64 && (first == Kind.FLOAT64 || first == Kind.DECIMAL)) {
            return one;
        }
        throw MillraceException.user("column '" + name + "' holds " + one + " in one record and " + other
                + " in another; give them one type");
    }

    private static Instant instant(Object value) {
        if (value instanceof Instant instant) {
            return instant;
        } else if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        return value instanceof Date date ? Instant.ofEpochMilli(date.getTime()) : null;
    }

    private static Object convert(Object value, DataType type) {
        if (value == null) {
            return null;
        }
        boolean whole =
                value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
        return switch (type.kind()) {
            case BOOLEAN, BINARY, DATE -> value;
            case INT32 -> whole && ((Number) value).longValue() == ((Number) value).intValue()
                    ? (Object) ((Number) value).intValue()
                    : value;
            case INT64 -> whole ? (Object) ((Number) value).longValue() : value;
            case FLOAT64 -> whole || value instanceof Float ? (Object) ((Number) value).doubleValue() : value;
            case DECIMAL -> whole || value instanceof BigInteger ? new BigDecimal(value.toString()) : value;
            case STRING, JSON -> value instanceof CharSequence || value instanceof Enum<?> || value instanceof Character
                    ? value.toString()
                    : value;
            case TIMESTAMP -> instant(value) == null ? value : instant(value);
            case LIST -> {
                if (!(value instanceof Collection<?> collection)) {
                    yield value;
                }
                List<Object> converted = new ArrayList<>();
                collection.forEach(item -> converted.add(convert(item, ((ListType) type).element())));
                yield converted;
            }
        };
    }
}
