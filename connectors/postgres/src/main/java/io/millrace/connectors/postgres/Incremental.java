package io.millrace.connectors.postgres;

import io.millrace.api.Suggestion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How runs without a window take only what is new: written {@code snapshot}, or {@code {overlap: 10m, key: [event_id]}}. */
sealed interface Incremental permits BySnapshot, ByOverlap {
    /** How an overlap's length is written. */
    String DURATION = "^([1-9][0-9]{0,8})(s|m|h|d)$";

    /** Binds the written form. IllegalArgumentException with what would be right where it is not one. */
    static Incremental fromYaml(Object value) {
        if ("snapshot".equals(value)) {
            return new BySnapshot();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("expected snapshot, or {overlap: 10m, key: [event_id]}");
        }
        for (Object key : map.keySet()) {
            if (!Set.of("overlap", "key").contains(key)) {
                throw new IllegalArgumentException("unknown key '" + key + "'"
                        + Suggestion.didYouMean(String.valueOf(key), List.of("overlap", "key"))
                        + "; the keys are overlap and key");
            }
        }
        return new ByOverlap(duration(map.get("overlap")), names(map.get("key")));
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        Map<String, Object> text = Map.of("type", "string", "minLength", 1);
        return Map.of(
                "oneOf",
                List.of(
                        Map.of("const", "snapshot"),
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(
                                        "overlap",
                                        Map.of("type", "string", "pattern", DURATION),
                                        "key",
                                        Map.of("type", "array", "items", text, "minItems", 1)),
                                "required",
                                List.of("overlap", "key"),
                                "additionalProperties",
                                false)));
    }

    private static Duration duration(Object value) {
        Matcher text = Pattern.compile(DURATION).matcher(String.valueOf(value));
        if (!text.matches()) {
            throw new IllegalArgumentException("overlap must be a duration such as 30s, 10m, 2h or 1d");
        }
        long number = Long.parseLong(text.group(1));
        return switch (text.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static List<String> names(Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException(
                    "key must be a list of the columns that tell rows apart, such as [event_id]");
        }
        List<String> names = list.stream().map(String::valueOf).toList();
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("key names a column twice: " + names);
        }
        return names;
    }
}
