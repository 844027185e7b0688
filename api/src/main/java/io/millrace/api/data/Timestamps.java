package io.millrace.api.data;

import java.time.Instant;

/** Microseconds since 1970-01-01T00:00:00Z, as columns store a TIMESTAMP, and instants. */
public final class Timestamps {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Timestamps() {}

    /** The instant of a stored value. */
    public static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
    }

    /** The stored value of an instant; parts of a microsecond are cut off. ArithmeticException beyond the years ±290,000. */
    public static long toMicros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
    }
}
