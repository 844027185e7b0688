package io.millrace.connectors.http;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A part of a run's window. An end that is missing is that of the window: none. */
record Slice(Instant start, Optional<Instant> end) {
    /** A plan is stored as a whole, and each of its splits is a file of the target or more. */
    private static final int MOST = 10_000;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * The slices of a window that has a start, one behind the other, counted from there. Without an end the last one holds
     * everything from the present on.
     */
    static List<Slice> of(TimeWindow window, Duration length, Instant now) {
        Instant start = window.start().orElseThrow();
        Instant end = window.end().orElse(now);
        if (start.plus(length.multipliedBy(MOST)).isBefore(end)) {
            throw MillraceException.user("the window " + window + " has more than " + MOST + " slices of "
                    + length.toSeconds() + " s; make slices.length greater, or the window smaller");
        }
        List<Slice> slices = new ArrayList<>();
        Instant from = start;
        for (Instant to = from.plus(length); to.isBefore(end); to = from.plus(length)) {
            slices.add(new Slice(from, Optional.of(to)));
            from = to;
        }
        slices.add(new Slice(from, window.end()));
        return slices;
    }

    /** A name that no other slice of the window has, since none begins in the same second. */
    String id() {
        return "slice-" + NAME.format(start);
    }

    TimeWindow window() {
        return new TimeWindow(Optional.of(start), end);
    }
}
