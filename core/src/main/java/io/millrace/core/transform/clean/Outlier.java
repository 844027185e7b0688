package io.millrace.core.transform.clean;

import io.millrace.api.Setting;
import java.util.Optional;

/**
 * The plausible range of a number, date or timestamp, both bounds included. Null is no outlier. NaN always is one, and
 * since it has no nearest bound, {@code clamp} rejects it.
 */
public record Outlier(
        @Setting(value = "The least plausible value.", example = "0") Optional<Object> min,
        @Setting(value = "The greatest plausible value.", example = "5") Optional<Object> max,
        @Setting(value = "What happens to a value outside.", defaultValue = "reject") Action action) {

    public Outlier {
        if (min.isEmpty() && max.isEmpty()) {
            throw new IllegalArgumentException("an outlier rule needs min, max or both");
        }
    }

    /** What happens to a value outside the range. */
    public enum Action {
        /** The row goes to the rejects. */
        REJECT,
        /** The value becomes the nearest bound. */
        CLAMP,
        /** The value becomes null; the null policy has run before and does not see it. */
        SET_NULL
    }
}
