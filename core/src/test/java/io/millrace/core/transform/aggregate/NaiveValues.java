package io.millrace.core.transform.aggregate;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order and equality of values, written down once more for Java objects. */
final class NaiveValues {
    private NaiveValues() {}

    /** Null first, -0.0 before 0.0, NaN last, text by UTF-8 bytes. */
    static int compare(DataType type, Object one, Object other) {
        if (one == null || other == null) {
            return one == other ? 0 : one == null ? -1 : 1;
        }
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.compare((Boolean) one, (Boolean) other);
            case INT32 -> Integer.compare((Integer) one, (Integer) other);
            case INT64 -> Long.compare((Long) one, (Long) other);
            case FLOAT64 -> Double.compare((Double) one, (Double) other);
            case DECIMAL -> ((BigDecimal) one).compareTo((BigDecimal) other);
            case DATE -> ((LocalDate) one).compareTo((LocalDate) other);
            case TIMESTAMP -> ((Instant) one).compareTo((Instant) other);
            case STRING, JSON -> Arrays.compareUnsigned(utf8(one), utf8(other));
            case BINARY -> Arrays.compareUnsigned((byte[]) one, (byte[]) other);
            case LIST -> compareLists(((ListType) type).element(), (List<?>) one, (List<?>) other);
        };
    }

    private static int compareLists(DataType element, List<?> one, List<?> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compare(element, one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static byte[] utf8(Object text) {
        return ((String) text).getBytes(StandardCharsets.UTF_8);
    }

    /** Something that is equal exactly where two values are the same to the last bit. */
    static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes " + Arrays.toString(bytes);
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(comparable(element)));
            return copy;
        } else if (value instanceof Double number) {
            return "double " + number + " " + Double.doubleToRawLongBits(number);
        }
        return value;
    }

    static Map<String, Object> comparable(Map<String, ?> record) {
        Map<String, Object> copy = new LinkedHashMap<>();
        record.forEach((name, value) -> copy.put(name, comparable(value)));
        return copy;
    }

    /** -0.0 as 0.0, also within lists: what keys, sets and extremes hold. */
    static Object canonical(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() ? (Object) Double.NaN : (Object) (number + 0.0);
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(canonical(element)));
            return copy;
        }
        return value;
    }
}
