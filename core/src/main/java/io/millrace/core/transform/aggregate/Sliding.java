package io.millrace.core.transform.aggregate;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.window.SlidingWindows;
import io.millrace.core.window.WindowLength;
import java.time.ZoneId;

/** Windows of one size, of which the next one begins before the last one ends. */
public record Sliding(
        @Setting(value = "How long each window is.", example = "1h") WindowLength size,
        @Setting(value = "How long after each other they begin.", example = "10m") WindowLength every) {
    private static final int MOST_WINDOWS = 10_000;

    public Sliding {
        if (size.calendar() != every.calendar()) {
            throw new InvalidSetting("every", "must be in days where size is, and a duration where size is one");
        }
        if (every.compareTo(size) > 0) {
            throw new InvalidSetting(
                    "every", "must not be longer than size, or rows between the windows would be lost");
        }
        if (SlidingWindows.sliding(size, every, ZoneId.of("UTC")).windowsPerTile() > MOST_WINDOWS) {
            throw new InvalidSetting("every", "would put each row into more than " + MOST_WINDOWS + " windows");
        }
    }
}
