package io.millrace.api;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** A stretch of time, start inclusive, end exclusive; a missing bound is unbounded. */
public record TimeWindow(Optional<Instant> start, Optional<Instant> end) implements Serializable {
    public TimeWindow {
        if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
            throw MillraceException.user("the window's start " + start.get() + " is not before its end " + end.get()
                    + "; a window is [start, end), end exclusive");
        }
    }

    /** The window with these bounds, null for unbounded; empty where both are. */
    public static Optional<TimeWindow> between(Instant start, Instant end) {
        return start == null && end == null
                ? Optional.empty()
                : Optional.of(new TimeWindow(Optional.ofNullable(start), Optional.ofNullable(end)));
    }

    public boolean overlaps(TimeWindow other) {
        return before(start, other.end) && before(other.start, end);
    }

    private static boolean before(Optional<Instant> start, Optional<Instant> end) {
        return start.isEmpty() || end.isEmpty() || start.get().isBefore(end.get());
    }

    /** {@code 2024-01-01T00:00:00Z..2024-01-02T00:00:00Z}; a missing bound is empty. */
    @Override
    public String toString() {
        return start.map(Instant::toString).orElse("") + ".."
                + end.map(Instant::toString).orElse("");
    }
}
