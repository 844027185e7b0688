package io.millrace.core.transform.enrich;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Optional;

/** How the version that was valid at a row's time is found. */
public record AsOf(
        @Setting(value = "Our column with the time of the event: a timestamp or date.", example = "ts") String time,
        @Setting(
                        value =
                                "Their column with the time from which a version is valid, inclusive; of the same type.",
                        example = "updated_at")
                String validFrom,
        @Setting(
                        value =
                                "Their column with the time at which a version ends, exclusive; null: it has not ended. Without it a"
                                        + " version ends where the next one begins.",
                        example = "replaced_at")
                Optional<String> validTo,
        @Setting(value = "How old a version may be at most; an older one counts as missing.", example = "30d")
                Optional<Duration> tolerance) {
    public AsOf {
        if (tolerance.isPresent() && tolerance.get().isNegative()) {
            throw new InvalidSetting("tolerance", "must not be negative");
        }
        if (validTo.isPresent() && validTo.get().equals(validFrom)) {
            throw new InvalidSetting("valid_to", "is the column of valid_from");
        }
    }
}
