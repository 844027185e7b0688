package io.millrace.connectors.kafka;

import io.millrace.api.TimeWindow;
import java.time.Instant;
import java.util.Optional;

/**
 * A window in the terms of message timestamps, which are whole milliseconds.
 *
 * @param start inclusive
 * @param end exclusive
 */
record TimeBounds(long start, long end) {
    static final TimeBounds NONE = new TimeBounds(Long.MIN_VALUE, Long.MAX_VALUE);

    static TimeBounds of(TimeWindow window) {
        return new TimeBounds(
                window.start().map(TimeBounds::millis).orElse(0L),
                window.end().map(TimeBounds::millis).orElse(Long.MAX_VALUE));
    }

    /** The first whole millisecond that is not before the instant. */
    private static long millis(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }

    /** False where every message is wanted, with a time or without. */
    boolean isWindow() {
        return start != NONE.start || end != NONE.end;
    }

    boolean contains(long millis) {
        return millis >= start && millis < end;
    }

    Optional<Long> stored(long bound) {
        return bound == NONE.start || bound == NONE.end ? Optional.empty() : Optional.of(bound);
    }
}
