package io.millrace.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys that lead to a value, joined by dots; a list's items are counted from 0, and a key that itself has a dot is
 * within double quotes: {@code transform.0.clean.types."a.b"}.
 */
final class KeyPath {
    private KeyPath() {}

    static String join(String path, String key) {
        String written = key.isEmpty() || key.indexOf('.') >= 0 || key.indexOf('"') >= 0
                ? '"' + key.replace("\"", "\\\"") + '"'
                : key;
        return path.isEmpty() ? written : path + "." + written;
    }

    static String join(String path, int index) {
        return join(path, Integer.toString(index));
    }

    /** The keys of a path; IllegalArgumentException where it is not one. */
    static List<String> split(String path) {
        List<String> keys = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (quoted && c == '\\' && i + 1 < path.length()) {
                key.append(path.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                wasQuoted = true;
            } else if (c == '.' && !quoted) {
                keys.add(checked(key, wasQuoted, path));
                key.setLength(0);
                wasQuoted = false;
            } else {
                key.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a double quote is not closed");
        }
        keys.add(checked(key, wasQuoted, path));
        return keys;
    }

    private static String checked(StringBuilder key, boolean quoted, String path) {
        if (key.isEmpty() && !quoted) {
            throw new IllegalArgumentException("'" + path + "' is not a path of keys such as run.parallelism");
        }
        return key.toString();
    }
}
