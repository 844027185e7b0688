package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.formats.parquet.partitioned.PartitionFolder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns that a file's folders give: {@code dt=2024-01-01/hour=07/a.csv}. */
final class PartitionValues {
    private PartitionValues() {}

    /** Names and texts, outermost first; null for a null. */
    static Map<String, String> of(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] parts = key.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String value = parts[i].substring(equals + 1);
                values.put(
                        unescape(parts[i].substring(0, equals)),
                        value.equals(PartitionFolder.NULL) ? null : unescape(value));
            }
        }
        return values;
    }

    /** Each {@code %XX} is one character, as Hive has it. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean escaped = text.charAt(i) == '%'
                    && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0;
            if (escaped) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    /** A text as a value of this type; a user error, which names the file, where it is none. */
    static Object value(String column, String text, DataType type, String file) {
        if (text == null) {
            return null;
        }
        try {
            return switch (type.kind()) {
                case STRING -> text;
                case INT32 -> Integer.valueOf(text);
                case INT64 -> Long.valueOf(text);
                case FLOAT64 -> Double.valueOf(text);
                case DECIMAL -> new BigDecimal(text).setScale(((DataType.DecimalType) type).scale());
                case BOOLEAN -> bool(text);
                case DATE -> LocalDate.parse(text);
                case TIMESTAMP -> Instant.parse(text);
                case BINARY, JSON, LIST -> throw new IllegalArgumentException("a folder cannot be of this type");
            };
        } catch (RuntimeException unfit) {
            throw MillraceException.user("the folder " + column + "=" + text + " of " + file + " is no " + type
                    + "; set another type for '" + column + "' under partitions");
        }
    }

    private static Boolean bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }
}
