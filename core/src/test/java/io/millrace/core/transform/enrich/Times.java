package io.millrace.core.transform.enrich;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Dates and timestamps as numbers of days or microseconds. */
final class Times {
    private Times() {}

    static Long number(Object time) {
        if (time == null) {
            return null;
        }
        return time instanceof LocalDate date
                ? date.toEpochDay()
                : ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) time);
    }

    static long units(Duration age, Object time) {
        return time instanceof LocalDate ? age.toDays() : age.toNanos() / 1000;
    }
}
