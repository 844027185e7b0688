package io.millrace.connectors.redis;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is served of an entity: the values under one key, and how new they are. Immutable.
 *
 * @param values by the names that were asked for, in their order; null where there is none
 * @param moment the moment that the values speak of: they look back from it. One that has passed when nothing has happened to the
 *     entity since
 * @param revision of values of one moment, the greater one is the newer
 */
public record ServedFeatures(Map<String, Object> values, Instant moment, long revision) {
    public ServedFeatures {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A value: Boolean, Integer, Long, Double, BigDecimal, String, LocalDate, Instant or a List of these; null for none. */
    public Object get(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("'" + name + "' was not asked for; there are " + values.keySet());
        }
        return values.get(name);
    }

    /** A whole number; 0 where there is none. */
    public long whole(String name) {
        return get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** A number; 0 where there is none. */
    public double number(String name) {
        return get(name) instanceof Number number ? number.doubleValue() : 0;
    }
}
