package io.millrace.app.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines of a YAML file with remarks behind them, aligned. One thread. */
final class YamlLines {
    private static final String PLAIN = "[A-Za-z_/.][A-Za-z0-9_./*-]*";
    private static final String NUMBER = "-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?|true|false";
    private static final String REFERENCE = "\\$\\{[a-z]+:[^{}'\"#]*}";
    private static final String PLACE = "[a-z0-9]+://[A-Za-z0-9_./:?=&-]+[A-Za-z0-9_/]";
    private static final String OTHER_THINGS = "(?i)true|false|yes|no|on|off|null|nan|y|n|\\.inf|\\.nan|\\.+";

    private record Line(String text, String remark) {}

    private final List<Line> lines = new ArrayList<>();

    YamlLines add(int indent, String text) {
        return add(indent, text, "");
    }

    YamlLines add(int indent, String text, String remark) {
        lines.add(new Line(" ".repeat(indent) + text, remark));
        return this;
    }

    YamlLines comment(int indent, String text) {
        return add(indent, "# " + text);
    }

    YamlLines blank() {
        return add(0, "");
    }

    /** A key with what stands below it. */
    YamlLines entry(int indent, String key, Object value, String remark) {
        if (value instanceof Map<?, ?> map
                && indent < 8
                && map.values().stream().anyMatch(Map.class::isInstance)) {
            add(indent, scalar(key) + ":", remark);
            map.forEach((below, inner) -> entry(indent + 2, below.toString(), inner, ""));
            return this;
        }
        return add(indent, scalar(key) + ": " + flow(value), remark);
    }

    /** A value on one line; text that is a number or a truth value is meant as such. */
    static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> scalar(entry.getKey().toString()) + ": " + within(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlLines::within).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = value.toString();
        return text.matches(NUMBER) ? text : scalar(text);
    }

    /** Between braces and brackets more characters mean something. */
    private static String within(Object value) {
        String text = flow(value);
        boolean reference = value instanceof String && text.startsWith("${");
        boolean place = value instanceof String && text.contains("://") && !text.startsWith("\"");
        return reference || place ? quoted(text) : text;
    }

    /** Text that YAML reads back as the same text. */
    static String scalar(String text) {
        boolean plain = text.matches(PLAIN) || text.matches(REFERENCE) || text.matches(PLACE);
        return plain && !text.matches(OTHER_THINGS) ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point < 0x20
                    || point >= 0x7f && point <= 0x9f
                    || point == 0x2028
                    || point == 0x2029
                    || point == 0xfeff) {
                quoted.append(String.format("\\u%04x", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    /** A column's name as a pipeline file has it: what looks like a reference is none. */
    static String name(String column) {
        return scalar(column.replace("${", "$${"));
    }

    String text() {
        int width = lines.stream()
                .filter(line -> !line.remark.isEmpty())
                .mapToInt(line -> line.text.length())
                .filter(length -> length <= 48)
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.text);
            if (!line.remark.isEmpty()) {
                text.append(" ".repeat(Math.max(0, width - line.text.length())))
                        .append("   # ")
                        .append(line.remark);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
