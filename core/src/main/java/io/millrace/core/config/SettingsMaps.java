package io.millrace.core.config;

import io.millrace.api.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Settings records from maps of Java values, with the same rules and messages as from a file. */
public final class SettingsMaps {
    private SettingsMaps() {}

    /**
     * A settings record.
     *
     * @param what what the settings are for, in front of every message
     * @param values a map with the keys of pipeline files, or the bare value where they have that; the values are String,
     *     Number, Boolean, an enum constant, Secret, Duration or another type of a setting, List and Map. References such as {@code ${env:X}} are not filled in
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong
     */
    public static <S extends Record> S bind(Class<S> type, String what, Object values) {
        return bind(type, Map.of(), what, values);
    }

    /** The same for a record some of whose components have types that are not settings, but these shapes. */
    public static <S extends Record> S bind(Class<S> type, Map<Class<?>, Shape> given, String what, Object values) {
        Problems problems = new Problems();
        Place place = Place.named(what);
        Object settings = new Binder(problems).bind(Shapes.of(type, given), tree(values, place), "", place);
        problems.throwIfAny();
        return type.cast(settings);
    }

    /** The tree of Java values, all at one place. */
    public static YamlNode tree(Object value, Place place) {
        if (value instanceof Map<?, ?> map) {
            List<YamlNode.Entry> entries = new ArrayList<>();
            map.forEach(
                    (key, below) -> entries.add(new YamlNode.Entry(String.valueOf(key), place, tree(below, place))));
            return new YamlNode.Mapping(place, entries);
        }
        if (value instanceof Iterable<?> list && !(value instanceof Path)) {
            List<YamlNode> items = new ArrayList<>();
            list.forEach(item -> items.add(tree(item, place)));
            return new YamlNode.Sequence(place, items);
        }
        boolean plain = value == null || value instanceof Number || value instanceof Boolean;
        return new YamlNode.Scalar(place, text(value), plain, Optional.empty());
    }

    private static String text(Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof Secret secret) {
            return secret.reveal();
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number)
                    ? ".nan"
                    : Double.isInfinite(number) ? (number > 0 ? ".inf" : "-.inf") : value.toString();
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            return value.toString();
        }
        return TextForms.write(value).orElse(value.toString());
    }
}
