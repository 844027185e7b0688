package io.millrace.bench;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The example pipeline's rules, applied to a row that is a map; written as one would without thinking of speed. */
final class TextbookCleaning {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private TextbookCleaning() {}

    /** Cleans the row in place; false where it is rejected. */
    static boolean clean(Map<String, Object> row) {
        for (Map.Entry<String, Object> cell : row.entrySet()) {
            if (cell.getValue() instanceof String text) {
                cell.setValue(tidy(text));
            }
        }
        if (row.get("user_id") == null) {
            return false;
        }
        row.putIfAbsent("rating", 0.0);
        row.putIfAbsent("category", "unknown");
        if (row.get("ts") != null) {
            Optional<Long> micros = micros((String) row.get("ts"));
            if (micros.isEmpty()) {
                return false;
            }
            row.put("ts", micros.get());
        }
        double rating = (Double) row.get("rating");
        return rating >= 0 && rating <= 5;
    }

    private static Optional<Long> micros(String text) {
        try {
            Instant moment = LocalDateTime.parse(text, FORMAT).atZone(ZONE).toInstant();
            return Optional.of(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    /** Without control characters, white space collapsed and trimmed. Most texts are clean already, and stay. */
    static String tidy(String text) {
        if (isTidy(text)) {
            return text;
        }
        StringBuilder tidy = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isWhiteSpace(character)) {
                if (tidy.length() > 0 && tidy.charAt(tidy.length() - 1) != ' ') {
                    tidy.append(' ');
                }
            } else if (!Character.isISOControl(character)) {
                tidy.append(character);
            }
        }
        int end = tidy.length();
        return end > 0 && tidy.charAt(end - 1) == ' ' ? tidy.substring(0, end - 1) : tidy.toString();
    }

    private static boolean isTidy(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ' ' ? before == ' ' : isWhiteSpace(character) || Character.isISOControl(character)) {
                return false;
            }
            before = character;
        }
        return text.isEmpty() || before != ' ';
    }

    /** Unicode's White_Space, all of which lies in the basic plane. */
    private static boolean isWhiteSpace(char character) {
        return character == ' '
                || character >= '\t' && character <= '\r'
                || character == '\u0085'
                || Character.isSpaceChar(character);
    }
}
