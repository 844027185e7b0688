package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;

/** How long answers to single keys are kept, and how many; all workers of a process share them. */
public record CacheSettings(
        @Setting(value = "The memory that cached answers may take; the oldest go first.", defaultValue = "64MB")
                ByteSize size,
        @Setting(value = "How long an answer counts before the key is asked for again.", defaultValue = "10m")
                Duration ttl,
        @Setting(value = "The same for a key that was not there; 0s asks every time.", defaultValue = "1m")
                Duration missingTtl) {
    public static final CacheSettings DEFAULT =
            new CacheSettings(ByteSize.parse("64MB"), Duration.ofMinutes(10), Duration.ofMinutes(1));

    public CacheSettings {
        if (size.bytes() < 1 << 16) {
            throw new InvalidSetting("size", "must be at least 64KB");
        }
        if (ttl.isNegative()) {
            throw new InvalidSetting("ttl", "must not be negative");
        }
        if (missingTtl.isNegative()) {
            throw new InvalidSetting("missing_ttl", "must not be negative");
        }
    }
}
