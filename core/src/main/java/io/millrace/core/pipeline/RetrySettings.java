package io.millrace.core.pipeline;

import io.millrace.api.RetryPolicy;
import io.millrace.api.Setting;
import java.time.Duration;

/** How a run repeats what failed for a reason that may pass. */
public record RetrySettings(
        @Setting(value = "The most attempts for one split, the first included.", defaultValue = "5") int attempts,
        @Setting(
                        value = "The wait after the first failure; it doubles from failure to failure.",
                        defaultValue = "200ms")
                Duration initial,
        @Setting(value = "The longest wait between two attempts.", defaultValue = "30s") Duration max) {
    public RetrySettings {
        new RetryPolicy(attempts, initial, max);
    }

    public RetryPolicy policy() {
        return new RetryPolicy(attempts, initial, max);
    }
}
