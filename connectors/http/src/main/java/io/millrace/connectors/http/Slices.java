package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Map;

/** How to ask for a window piece by piece. */
record Slices(
        @Setting("The parameter that takes a slice's start.") TimeParameter start,
        @Setting("The parameter that takes a slice's end.") TimeParameter end,
        @Setting(value = "How long a slice is; the last one may be shorter.", example = "1d") Duration length,
        @Setting(
                        value =
                                "How much more is asked for on both sides. For APIs that leave out what lies on a bound; rows "
                                        + "beyond the slice are not taken.",
                        defaultValue = "0s")
                Duration margin) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    Slices {
        if (length.compareTo(SHORTEST) < 0) {
            throw new InvalidSetting("length", "must be at least 1s");
        }
        if (margin.isNegative()) {
            throw new InvalidSetting("margin", "must not be negative");
        }
        if (start.param().equals(end.param())) {
            throw new InvalidSetting("end.param", "is the parameter of the start too");
        }
        if (start.resolution().isEmpty()) {
            throw new InvalidSetting("start.format", "cannot tell one day from the next");
        }
        if (end.resolution().isEmpty()) {
            throw new InvalidSetting("end.format", "cannot tell one day from the next");
        }
    }

    /** The parameters that ask for a slice: all of it, and a little more where a format is coarser than the slice's bounds. */
    Map<String, String> parameters(Slice slice) {
        String from = start.write(slice.start().minus(margin));
        return slice.end().isEmpty()
                ? Map.of(start.param(), from)
                : Map.of(
                        start.param(),
                        from,
                        end.param(),
                        end.writeUp(slice.end().get().plus(margin)));
    }
}
