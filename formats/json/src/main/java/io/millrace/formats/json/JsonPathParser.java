package io.millrace.formats.json;

import io.millrace.formats.json.JsonPath.Index;
import io.millrace.formats.json.JsonPath.Name;
import io.millrace.formats.json.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;

/** Reads the text form of a {@link JsonPath}. */
final class JsonPathParser {
    private static final int MAX_INDEX = 1_000_000;

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    static boolean isBare(String name) {
        return !name.isEmpty()
                && name.equals(name.strip())
                && name.chars().noneMatch(c -> c == '.' || c == '[' || c == ']' || c == '"');
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                steps.add(index());
            } else {
                if (!steps.isEmpty()) {
                    expectDot();
                }
                steps.add(new Name(at < text.length() && text.charAt(at) == '"' ? quoted() : bare()));
            }
        }
        if (steps.isEmpty()) {
            throw wrong("is empty");
        }
        return steps;
    }

    private void expectDot() {
        if (text.charAt(at) != '.') {
            throw wrong("needs a dot at character " + (at + 1));
        }
        at++;
    }

    private String bare() {
        int end = at;
        while (end < text.length() && ".[\"]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String name = text.substring(at, end);
        if (!isBare(name)) {
            throw wrong("has an empty name at character " + (at + 1) + "; quote names with special characters");
        }
        at = end;
        return name;
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                name.append(text.charAt(at));
            }
        }
        if (at >= text.length()) {
            throw wrong("has a quote that is not closed");
        }
        at++;
        return name.toString();
    }

    private Index index() {
        int end = text.indexOf(']', at);
        String number = end < 0 ? "" : text.substring(at + 1, end);
        if (!number.matches("[0-9]{1,7}") || Integer.parseInt(number) > MAX_INDEX) {
            throw wrong("has an index that is not a number from 0 to " + MAX_INDEX);
        }
        at = end + 1;
        return new Index(Integer.parseInt(number));
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(
                "the path '" + text + "' " + problem + "; write names and indexes such as props.page or items[0].id");
    }
}
