package io.millrace.core.config;

import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Writes settings records as YAML, by rules of its own and in random style. */
final class SettingsWriter {
    private final Random random;

    SettingsWriter(Random random) {
        this.random = random;
    }

    String write(Record settings) {
        return block(tree(settings), 0).stripLeading();
    }

    /** Maps, lists and scalars already as YAML text. */
    private Object tree(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(this::tree).orElse(null);
        } else if (value instanceof AllSettings.Pair pair) {
            // One way for one pair: what a type reads itself is compared as it is written.
            return pair.hashCode() % 2 == 0
                    ? quoted(pair.left() + "/" + pair.right())
                    : tree(Map.of("left", pair.left(), "right", pair.right()));
        } else if (value instanceof AllSettings.Choosing choosing) {
            String name = snake(choosing.getClass().getSimpleName());
            return choosing instanceof AllSettings.Plainly && random.nextBoolean()
                    ? name
                    : Map.of(quoted(name), record((Record) choosing));
        } else if (value instanceof Record settings
                && !(value instanceof io.millrace.api.ByteSize)
                && !(value instanceof io.millrace.api.data.DataType)) {
            return record(settings);
        } else if (value instanceof List<?> list) {
            return new ArrayList<>(list.stream().map(this::tree).toList());
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> below = new LinkedHashMap<>();
            map.forEach((key, item) -> below.put(quoted((String) key), tree(item)));
            return below;
        }
        return scalar(value);
    }

    private Object record(Record settings) {
        Map<String, Object> keys = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                Object value = tree(component.getAccessor().invoke(settings));
                if (component.getAnnotation(Setting.class).inline()) {
                    return value;
                }
                if (value != null) {
                    keys.put(snake(component.getName()), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return keys;
    }

    private String scalar(Object value) {
        if (value instanceof Secret secret) {
            return quoted(secret.reveal());
        } else if (value instanceof String text) {
            return quoted(text);
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof Duration duration) {
            return duration.toMillis() + "ms";
        } else if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return random.nextBoolean() ? quoted(value.toString()) : "'" + value + "'";
    }

    private String quoted(String text) {
        if (random.nextBoolean() && text.matches("(?!null|true)[a-z][a-z0-9_]{3,}")) {
            return text;
        }
        if (random.nextBoolean() && text.matches("[^\\p{Cntrl}]*")) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == '\u00A0') {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private String block(Object tree, int indent) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(4) > 0) {
            StringBuilder lines = new StringBuilder();
            map.forEach((key, value) -> lines.append('\n')
                    .append(" ".repeat(indent))
                    .append(key)
                    .append(": ")
                    .append(block(value, indent + 2)));
            return lines.toString();
        }
        if (tree instanceof List<?> list && !list.isEmpty() && random.nextBoolean()) {
            StringBuilder lines = new StringBuilder();
            list.forEach(item ->
                    lines.append('\n').append(" ".repeat(indent)).append("- ").append(flow(item)));
            return lines.toString();
        }
        return flow(tree);
    }

    private String flow(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ", ",
                            map.entrySet().stream()
                                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                                    .toList())
                    + "}";
        }
        if (tree instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(this::flow).toList()) + "]";
        }
        return (String) tree;
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
