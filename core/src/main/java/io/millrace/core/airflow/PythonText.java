package io.millrace.core.airflow;

import java.util.Locale;

/** Text as Python source. */
final class PythonText {
    private PythonText() {}

    /**
     * A string literal of one line, whatever the text holds. Letters and digits of any language stand for themselves; all
     * else outside of ASCII is escaped, so that nothing can hide in the file or turn its reading direction.
     */
    static String literal(String text) {
        StringBuilder python = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> python.append("\\\"");
                case '\\' -> python.append("\\\\");
                case '\n' -> python.append("\\n");
                case '\r' -> python.append("\\r");
                case '\t' -> python.append("\\t");
                default -> {
                    boolean plain = c >= ' ' && c < 0x7F || c > 0x7F && Character.isLetterOrDigit(c);
                    if (plain) {
                        python.appendCodePoint(c);
                    } else {
                        python.append(String.format(
                                Locale.ROOT, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                    }
                }
            }
        });
        return python.append('"').toString();
    }

    static String flag(boolean value) {
        return value ? "True" : "False";
    }
}
