package io.millrace.core.transform.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pattern of fixed width whose fields are all digits, such as {@code yyyy-MM-dd HH:mm:ss}, read without any object. */
final class FixedDateTime extends DateTimeText {
    /** A field of so many digits ({@code yMdHmsS}), or a literal byte, whose width is 0. */
    private record Part(char field, int width) {}

    private final Part[] parts;
    private final int size;
    private final boolean timed;

    private FixedDateTime(List<Part> parts, boolean timed) {
        this.parts = parts.toArray(Part[]::new);
        this.size = parts.stream().mapToInt(part -> Math.max(part.width(), 1)).sum();
        this.timed = timed;
    }

    /** A reader of this pattern, or empty where it is not of that simple kind. */
    static Optional<DateTimeText> of(String pattern) {
        List<Part> parts = new ArrayList<>();
        StringBuilder fields = new StringBuilder();
        for (int at = 0; at < pattern.length(); ) {
            char character = pattern.charAt(at);
            if (character == '\'') {
                int close = pattern.indexOf('\'', at + 1);
                if (close <= at + 1) {
                    return Optional.empty();
                }
                pattern.substring(at + 1, close).chars().forEach(c -> parts.add(new Part((char) c, 0)));
                at = close + 1;
                continue;
            }
            int end = at + 1;
            if (Character.isLetter(character)) {
                while (end < pattern.length() && pattern.charAt(end) == character) {
                    end++;
                }
                char field = character == 'u' ? 'y' : character;
                int width = end - at;
                if (fields.indexOf(String.valueOf(field)) >= 0 || !isSimple(field, width)) {
                    return Optional.empty();
                }
                fields.append(field);
                parts.add(new Part(field, width));
            } else {
                parts.add(new Part(character, 0));
            }
            at = end;
        }
        String time = fields.toString().replaceAll("[yMd]", "");
        boolean whole = fields.length() == time.length() + 3
                && List.of("", "Hm", "Hms", "HmsS").contains(time);
        boolean ascii = parts.stream().allMatch(part -> part.field() < 0x80 && "[]{}#".indexOf(part.field()) < 0);
        return whole && ascii ? Optional.of(new FixedDateTime(parts, !time.isEmpty())) : Optional.empty();
    }

    private static boolean isSimple(char field, int width) {
        return switch (field) {
            case 'y' -> width == 4;
            case 'M', 'd', 'H', 'm', 's' -> width == 2;
            case 'S' -> width <= 9;
            default -> false;
        };
    }

    @Override
    boolean read(byte[] text, int from, int to) {
        if (to - from != size) {
            return false;
        }
        clear();
        int year = 0;
        int month = 0;
        int day = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        int at = from;
        for (Part part : parts) {
            int width = part.width();
            if (width == 0) {
                if (text[at++] != part.field()) {
                    return false;
                }
                continue;
            }
            int number = digits(text, at, width);
            if (number < 0) {
                return false;
            }
            switch (part.field()) {
                case 'y' -> year = number;
                case 'M' -> month = number;
                case 'd' -> day = number;
                case 'H' -> hour = number;
                case 'm' -> minute = number;
                case 's' -> second = number;
                default -> nanos = fraction(text, at, width);
            }
            at += width;
        }
        return setDate(year, month, day) && (!timed || setTime(hour, minute, second));
    }
}
