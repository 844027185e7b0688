package io.millrace.core.transform.clean;

import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a column is converted to. Written as a type's name, or {@code {timestamp: PATTERN, zone: ZONE}} or
 * {@code {date: PATTERN, zone: ZONE}}, where the zone is optional and the pattern {@code iso} means ISO-8601.
 *
 * @param pattern how the text is written, as {@link java.time.format.DateTimeFormatter} defines patterns; empty for ISO-8601
 * @param zone where text without an offset was written, or whose calendar a timestamp's date is; empty for UTC
 */
public record Conversion(DataType type, Optional<String> pattern, Optional<ZoneId> zone) {
    private static final String ISO = "iso";

    public Conversion {
        Objects.requireNonNull(type, "type");
        if ((pattern.isPresent() || zone.isPresent()) && type.kind() != Kind.TIMESTAMP && type.kind() != Kind.DATE) {
            throw new IllegalArgumentException("a pattern or zone is for timestamp and date, not for " + type);
        }
        pattern.ifPresent(DateTimePattern::parse);
    }

    /** A conversion to this type by its canonical text. */
    public static Conversion to(DataType type) {
        return new Conversion(type, Optional.empty(), Optional.empty());
    }

    /** Binds the written form. IllegalArgumentException with what would be right where it is not one. */
    public static Conversion fromYaml(Object value) {
        if (value instanceof String name) {
            return to(DataType.parse(name).orElseThrow(() -> unknownType(name)));
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "expected a type such as float64, or {timestamp: \"yyyy-MM-dd HH:mm:ss\", zone: Asia/Shanghai}");
        }
        for (Object key : map.keySet()) {
            if (!List.of("timestamp", "date", "zone").contains(key)) {
                throw new IllegalArgumentException("unknown key '" + key + "'"
                        + Suggestion.didYouMean(String.valueOf(key), List.of("timestamp", "date", "zone"))
                        + "; a conversion with a pattern has the keys timestamp or date, and zone");
            }
        }
        if (map.containsKey("timestamp") == map.containsKey("date")) {
            throw new IllegalArgumentException("a conversion with a pattern has one of the keys timestamp and date");
        }
        boolean timestamp = map.containsKey("timestamp");
        String pattern = text(timestamp ? "timestamp" : "date", map);
        return new Conversion(
                timestamp ? DataType.TIMESTAMP : DataType.DATE,
                pattern.equals(ISO) ? Optional.empty() : Optional.of(pattern),
                map.containsKey("zone") ? Optional.of(zone(text("zone", map))) : Optional.empty());
    }

    /** The JSON Schema of the written form. */
    public static Map<String, Object> yamlSchema() {
        Map<String, Object> text = Map.of("type", "string", "minLength", 1);
        return Map.of(
                "description",
                "A type (" + DataType.NAMES + "), or a pattern and zone for text that holds a timestamp or date.",
                "oneOf",
                List.of(
                        text,
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("timestamp", text, "zone", text),
                                "required",
                                List.of("timestamp"),
                                "additionalProperties",
                                false),
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("date", text, "zone", text),
                                "required",
                                List.of("date"),
                                "additionalProperties",
                                false)));
    }

    private static String text(String key, Map<?, ?> map) {
        if (map.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(
                key.equals("zone")
                        ? "zone must be text such as Asia/Shanghai or +08:00"
                        : key + " must be a pattern such as \"yyyy-MM-dd HH:mm:ss\", or iso");
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "there is no time zone '" + name + "'"
                            + Suggestion.didYouMean(name, ZoneId.getAvailableZoneIds())
                            + "; write a region such as Asia/Shanghai or an offset such as +08:00",
                    unknown);
        }
    }

    private static IllegalArgumentException unknownType(String name) {
        List<String> names = List.of(
                "boolean",
                "int32",
                "int64",
                "float64",
                "decimal(18,2)",
                "string",
                "binary",
                "date",
                "timestamp",
                "json");
        return new IllegalArgumentException("there is no type '" + name + "'" + Suggestion.didYouMean(name, names)
                + "; the types are " + DataType.NAMES);
    }

    @Override
    public String toString() {
        return type + pattern.map(p -> " written " + p).orElse("");
    }
}
