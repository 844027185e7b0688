package io.millrace.formats.json;

import io.millrace.api.data.Timestamps;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Dates and timestamps as ISO-8601 text. The usual forms are read without objects, the others by java.time. */
final class IsoText {
    /** No value: also what no column can hold. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private IsoText() {}

    /** Days since 1970-01-01 of {@code 2024-01-31}, or NONE. */
    static long day(char[] text, int from, int size) {
        if (size == 10) {
            return calendarDay(text, from);
        }
        try {
            return size > 16
                    ? NONE
                    : LocalDate.parse(new String(text, from, size)).toEpochDay();
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    /**
     * Microseconds since 1970-01-01T00:00:00Z of {@code 2024-01-31T08:30:00.123Z}, or NONE. A space may stand for the T, and
     * seconds may be absent; what is beyond microseconds is cut off.
     *
     * @param zone where the text has neither Z nor an offset
     */
    static long micros(char[] text, int from, int size, ZoneId zone) {
        int end = from + size;
        boolean utc = size >= 20 && text[end - 1] == 'Z';
        boolean local = size >= 19 && text[end - 1] != 'Z' && zone instanceof ZoneOffset;
        boolean usual = (utc || local) && (text[from + 10] == 'T' || text[from + 10] == ' ');
        long day = usual ? calendarDay(text, from) : NONE;
        if (day != NONE) {
            int hour = two(text, from + 11);
            int minute = two(text, from + 14);
            int second = two(text, from + 17);
            long fraction = fraction(text, from + 19, utc ? end - 1 : end);
            boolean valid = text[from + 13] == ':'
                    && text[from + 16] == ':'
                    && hour >= 0
                    && hour < 24
                    && minute >= 0
                    && minute < 60
                    && second >= 0
                    && second < 60
                    && fraction >= 0;
            long offset = utc ? 0 : ((ZoneOffset) zone).getTotalSeconds();
            if (valid) {
                return day * MICROS_PER_DAY + ((hour * 60L + minute) * 60 + second - offset) * 1_000_000 + fraction;
            }
            if (utc) {
                return NONE;
            }
            // What ends in a digit may have an offset.
        }
        return size < 16 || size > 50 ? NONE : parsed(new String(text, from, size), zone);
    }

    private static long parsed(String text, ZoneId zone) {
        String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        try {
            return Timestamps.toMicros(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException e) {
            try {
                return Timestamps.toMicros(LocalDateTime.parse(iso).atZone(zone).toInstant());
            } catch (DateTimeException | ArithmeticException noTimestamp) {
                return NONE;
            }
        } catch (ArithmeticException e) {
            return NONE;
        }
    }

    private static long calendarDay(char[] text, int from) {
        int century = two(text, from);
        int years = two(text, from + 2);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        if (century < 0 || years < 0 || text[from + 4] != '-' || text[from + 7] != '-') {
            return NONE;
        }
        int year = century * 100 + years;
        if (month < 1 || month > 12 || day < 1 || day > length(year, month)) {
            return NONE;
        }
        // Years from March on, so that the leap day is the last; eras of 400 years.
        long shifted = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static int length(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Two digits, or a negative number. */
    private static int two(char[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    /** The microseconds of {@code .123456789}, 0 where nothing is there, or a negative number. */
    private static long fraction(char[] text, int from, int end) {
        if (from == end) {
            return 0;
        }
        if (text[from] != '.' || end - from < 2 || end - from > 10) {
            return -1;
        }
        long micros = 0;
        for (int i = 0; i < 9; i++) {
            int at = from + 1 + i;
            int digit = at < end ? text[at] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            micros = i < 6 ? micros * 10 + digit : micros;
        }
        return micros;
    }
}
