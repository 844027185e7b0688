package io.millrace.formats.json;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One column of a {@code schema:} block in a pipeline file: a type alone, {@code int64}, or
 * {@code {path: props.page, type: string}} with further keys. A settings component has the type
 * {@code Map<String, JsonFieldSettings>}, which {@link JsonFields#of} takes.
 *
 * @param path where the values are, see {@link JsonPath}; empty: the document's key of the column's name
 * @param required true where a row without a value is refused
 * @param epoch what a number counts, where timestamps are numbers
 * @param zone of timestamps written without an offset; empty: UTC
 */
public record JsonFieldSettings(
        Optional<JsonPath> path, DataType type, boolean required, Optional<EpochUnit> epoch, Optional<ZoneId> zone)
        implements Serializable {
    private static final List<String> KEYS = List.of("path", "type", "required", "epoch", "zone");
    private static final List<String> UNITS = Arrays.stream(EpochUnit.values())
            .map(unit -> unit.name().toLowerCase(Locale.ROOT))
            .toList();

    public JsonFieldSettings {
        DataType element = type;
        while (element instanceof DataType.ListType list) {
            element = list.element();
        }
        if (element.kind() != DataType.Kind.TIMESTAMP) {
            refuse("epoch", epoch, type);
            refuse("zone", zone, type);
        }
    }

    private static void refuse(String key, Optional<?> value, DataType type) {
        if (value.isPresent()) {
            throw new InvalidSetting(key, "is only for timestamps; the type is " + type);
        }
    }

    /** A column that is a key of the document itself. */
    public static JsonFieldSettings of(DataType type) {
        return new JsonFieldSettings(Optional.empty(), type, false, Optional.empty(), Optional.empty());
    }

    /** These settings as a column of this name. */
    public JsonColumn column(String name) {
        return new JsonColumn(name, path.orElseGet(() -> JsonPath.of(name)), type, required, epoch, zone);
    }

    /** Reads either form, as plain values; for the binder of pipeline files. */
    public static JsonFieldSettings fromYaml(Object value) {
        if (value instanceof String name) {
            return of(DataType.parse(name).orElseThrow(() -> new IllegalArgumentException(unknownType(name))));
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "must be a type such as int64, or a map such as {path: props.page, type: string}");
        }
        for (Object key : map.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown key '" + key + "'"
                        + Suggestion.didYouMean(String.valueOf(key), KEYS) + " (known: " + String.join(", ", KEYS)
                        + ")");
            }
        }
        String type = text(map, "type")
                .orElseThrow(() -> new IllegalArgumentException(
                        "the key 'type' is missing; it is one of the types " + DataType.NAMES));
        Object required = map.containsKey("required") ? map.get("required") : Boolean.FALSE;
        if (!(required instanceof Boolean)) {
            throw new InvalidSetting("required", "must be true or false");
        }
        return new JsonFieldSettings(
                text(map, "path").map(JsonFieldSettings::path),
                DataType.parse(type).orElseThrow(() -> new InvalidSetting("type", unknownType(type))),
                (Boolean) required,
                text(map, "epoch").map(JsonFieldSettings::unit),
                text(map, "zone").map(JsonFieldSettings::zone));
    }

    private static String unknownType(String name) {
        return "must be a type: " + DataType.NAMES + "; found '" + name + "'"
                + Suggestion.didYouMean(name, List.of(DataType.NAMES.split(", ")));
    }

    private static Optional<String> text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        if (value != null && !(value instanceof String)) {
            throw new InvalidSetting(key, "must be text");
        }
        return Optional.ofNullable((String) value);
    }

    private static JsonPath path(String text) {
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("path", e.getMessage());
        }
    }

    private static EpochUnit unit(String name) {
        if (!UNITS.contains(name)) {
            throw new InvalidSetting(
                    "epoch",
                    "must be one of " + String.join(", ", UNITS) + "; found '" + name + "'"
                            + Suggestion.didYouMean(name, UNITS));
        }
        return EpochUnit.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidSetting(
                    "zone",
                    "must be a time zone such as Asia/Shanghai or UTC"
                            + Suggestion.didYouMean(name, ZoneId.getAvailableZoneIds()));
        }
    }

    /** The JSON Schema of both forms; for the schema of pipeline files. */
    public static Map<String, Object> yamlSchema() {
        Map<String, Object> text = Map.of("type", "string", "minLength", 1);
        Map<String, Object> keys = Map.of(
                "path", text,
                "type", text,
                "required", Map.of("type", "boolean"),
                "epoch", Map.of("type", "string", "enum", UNITS),
                "zone", text);
        return Map.of(
                "description",
                "A type (" + DataType.NAMES + "), or a path and a type.",
                "oneOf",
                List.of(
                        text,
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                keys,
                                "required",
                                List.of("type"),
                                "additionalProperties",
                                false)));
    }
}
