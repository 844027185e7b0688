package io.millrace.formats.json;

import java.io.Serializable;
import java.util.List;

/**
 * Leads to a value within a document: {@code props.page}, {@code items[0].id}. Names are separated by dots and
 * case-sensitive; an index counts an array's elements from 0; a name with a dot, bracket, quote or space at its end is
 * quoted, {@code props."page.url"}, with {@code \"} and {@code \\} inside.
 */
public record JsonPath(List<Step> steps) implements Serializable {
    /** One step down. */
    public sealed interface Step extends Serializable {}

    /** Into an object, by name. */
    public record Name(String name) implements Step {}

    /** Into an array, by number from 0. */
    public record Index(int index) implements Step {}

    public JsonPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path needs at least one name");
        }
    }

    /** The path to a document's own key, whatever characters it has. */
    public static JsonPath of(String name) {
        return new JsonPath(List.of(new Name(name)));
    }

    /** Reads a path's text form; IllegalArgumentException, with what is wrong, where it is none. */
    public static JsonPath parse(String text) {
        return new JsonPath(new JsonPathParser(text).steps());
    }

    /** The text form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Index index) {
                text.append('[').append(index.index()).append(']');
            } else {
                String name = ((Name) step).name();
                text.append(text.isEmpty() ? "" : ".").append(JsonPathParser.isBare(name) ? name : quoted(name));
            }
        }
        return text.toString();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
