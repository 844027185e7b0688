package io.millrace.core.transform.aggregate;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Optional;

/** A session lasts as long as a key's events follow each other closely enough. */
public record Session(
        @Setting(value = "The longest pause within a session.", example = "30m") Duration gap,
        @Setting(
                        value =
                                "How long a session may last; an event that comes as late or later after the first begins"
                                        + " the next one.",
                        example = "12h")
                Optional<Duration> max) {
    public Session {
        if (gap.isZero()) {
            throw new InvalidSetting("gap", "must be longer than nothing");
        }
        if (max.isPresent() && max.get().compareTo(gap) < 0) {
            throw new InvalidSetting("max", "must not be shorter than the gap");
        }
    }
}
