package io.millrace.core.transform.clean;

import io.millrace.api.text.DateTimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pattern of fixed width whose fields are all digits, such as {@code yyyy-MM-dd HH:mm:ss}, read without any object. */
final class FixedDateTime extends DateTimeText {
    /** A field of so many digits ({@code yMdHmsS}), or a literal byte, whose width is 0. */
    private record Part(char field, int width) {}

    private static final String FIELDS = "yMdHms";

    private final int size;
    private final boolean timed;
    /** Where each of {@link #FIELDS} begins; -1 where it is absent. */
    private final int[] places = {-1, -1, -1, -1, -1, -1};

    private int fractionPlace;
    private int fractionWidth;
    private final int[] literalPlaces;
    private final byte[] literals;

    private FixedDateTime(List<Part> parts, boolean timed) {
        this.timed = timed;
        int literalCount =
                (int) parts.stream().filter(part -> part.width() == 0).count();
        this.literalPlaces = new int[literalCount];
        this.literals = new byte[literalCount];
        int at = 0;
        int literal = 0;
        for (Part part : parts) {
            if (part.width() == 0) {
                literalPlaces[literal] = at;
                literals[literal++] = (byte) part.field();
            } else if (part.field() == 'S') {
                fractionPlace = at;
                fractionWidth = part.width();
            } else {
                places[FIELDS.indexOf(part.field())] = at;
            }
            at += Math.max(part.width(), 1);
        }
        this.size = at;
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
    public boolean read(byte[] text, int from, int to) {
        if (to - from != size) {
            return false;
        }
        for (int i = 0; i < literals.length; i++) {
            if (text[from + literalPlaces[i]] != literals[i]) {
                return false;
            }
        }
        clear();
        int century = pair(text, from + places[0]);
        int yearOfCentury = pair(text, from + places[0] + 2);
        int month = pair(text, from + places[1]);
        int day = pair(text, from + places[2]);
        if ((century | yearOfCentury) < 0 || !setDate(century * 100 + yearOfCentury, month, day)) {
            return false;
        }
        if (!timed) {
            return true;
        }
        int hour = pair(text, from + places[3]);
        int minute = pair(text, from + places[4]);
        int second = places[5] < 0 ? 0 : pair(text, from + places[5]);
        nanos = fractionWidth == 0 ? 0 : fraction(text, from + fractionPlace, fractionWidth);
        return (hour | minute | second | nanos) >= 0 && setTime(hour, minute, second);
    }

    /** The number that two digits say, or a negative one. */
    private static int pair(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return (tens | ones | 9 - tens | 9 - ones) < 0 ? -1 : tens * 10 + ones;
    }
}
