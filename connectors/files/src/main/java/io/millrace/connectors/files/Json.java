package io.millrace.connectors.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The little JSON that manifests and staged pieces need: objects, lists, text and whole numbers, as Map, List, String and
 * Long. Reading anything else is an IllegalArgumentException.
 */
final class Json {
    private final String text;
    private int place;

    private Json(String text) {
        this.text = text;
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                quote((String) entry.getKey(), out);
                out.append(':');
                write(entry.getValue(), out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element, out);
                separator = ",\n";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Long number) {
            out.append(number.longValue());
        } else {
            quote((String) value, out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    static Map<String, Object> readObject(String text) {
        Json json = new Json(text);
        Map<String, Object> object = json.object();
        if (json.peek() != 0) {
            throw json.malformed();
        }
        return object;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        if (!skip('}')) {
            do {
                String key = string();
                expect(':');
                object.put(key, value());
            } while (skip(','));
            expect('}');
        }
        return object;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        expect('[');
        if (!skip(']')) {
            do {
                list.add(value());
            } while (skip(','));
            expect(']');
        }
        return list;
    }

    private Long number() {
        int start = place;
        while (place < text.length() && (text.charAt(place) == '-' || Character.isDigit(text.charAt(place)))) {
            place++;
        }
        try {
            return Long.valueOf(text.substring(start, place));
        } catch (NumberFormatException notANumber) {
            throw malformed();
        }
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (place < text.length()) {
            char c = text.charAt(place++);
            if (c == '"') {
                return string.toString();
            }
            string.append(c == '\\' ? escaped() : c);
        }
        throw malformed();
    }

    private char escaped() {
        char c = place < text.length() ? text.charAt(place++) : 0;
        if (c == '"' || c == '\\') {
            return c;
        }
        if (c == 'u' && place + 4 <= text.length()) {
            place += 4;
            try {
                return (char) Integer.parseInt(text.substring(place - 4, place), 16);
            } catch (NumberFormatException notHex) {
                throw malformed();
            }
        }
        throw malformed();
    }

    private char peek() {
        while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
            place++;
        }
        return place < text.length() ? text.charAt(place) : 0;
    }

    private boolean skip(char c) {
        if (peek() == c) {
            place++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw malformed();
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("not the JSON that was expected, at character " + place);
    }
}
