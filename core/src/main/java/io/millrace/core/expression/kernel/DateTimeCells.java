package io.millrace.core.expression.kernel;

import io.millrace.api.text.IsoDateTime;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Dates and timestamps as the numbers that columns hold, from text in ISO-8601; without an offset it is in UTC. */
public final class DateTimeCells {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private DateTimeCells() {}

    /** The number, or empty where the text says something else, a time of day in a date included. */
    public static OptionalLong read(String text, boolean date) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IsoDateTime iso = new IsoDateTime();
        if (!iso.read(bytes, 0, bytes.length) || date && iso.hasTime()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(date ? iso.epochDay() : micros(iso));
    }

    /** The instant that was read; parts of a microsecond are cut off. */
    static long micros(IsoDateTime iso) {
        long second =
                iso.epochDay() * SECONDS_PER_DAY + iso.secondOfDay() - (iso.hasOffset() ? iso.offsetSeconds() : 0);
        return second * MICROS_PER_SECOND + iso.nanos() / 1_000;
    }
}
