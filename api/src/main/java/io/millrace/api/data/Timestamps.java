package io.millrace.api.data;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/** Microseconds since 1970-01-01T00:00:00Z, as columns store a TIMESTAMP, and instants. */
public final class Timestamps {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private static final int SECONDS_PER_DAY = 86_400;

    private Timestamps() {}

    /** The instant of a stored value. */
    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
    }

    /** The stored value of an instant; parts of a microsecond are cut off. ArithmeticException beyond the years ±290,000. */
    public static long toMicros(Instant instant) {
        long second = instant.getEpochSecond();
        long micros = instant.getNano() / 1_000;
        // From the second's end, because that of the least timestamps begins before all of them.
        return second < 0
                ? Math.addExact(Math.multiplyExact(second + 1, MICROS_PER_SECOND), micros - MICROS_PER_SECOND)
                : Math.addExact(Math.multiplyExact(second, MICROS_PER_SECOND), micros);
    }

    /** ISO-8601 in UTC, as {@link Instant#toString} writes it, at a fraction of its cost: {@code 2024-01-31T08:15:00.250Z}. */
    public static String toText(long micros) {
        long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
        int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return toInstant(micros).toString();
        }
        int second = Math.floorMod(seconds, SECONDS_PER_DAY);
        byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.ISO_8859_1);
        digits(text, 4, date.getYear());
        digits(text, 7, date.getMonthValue());
        digits(text, 10, date.getDayOfMonth());
        digits(text, 13, second / 3600);
        digits(text, 16, second / 60 % 60);
        digits(text, 19, second % 60);
        digits(text, 26, fraction);
        int length = fraction == 0 ? 19 : fraction % 1000 == 0 ? 23 : 26;
        text[length] = 'Z';
        return new String(text, 0, length + 1, StandardCharsets.ISO_8859_1);
    }

    /** Puts a number's digits in front of an index, over zeros. */
    private static void digits(byte[] text, int end, int number) {
        for (int rest = number, at = end; rest > 0; rest /= 10) {
            text[--at] += (byte) (rest % 10);
        }
    }
}
