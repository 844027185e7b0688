package io.millrace.features;

import io.millrace.api.Setting;
import java.time.Duration;

/** The keys under {@code sessions}. */
record SessionSettings(
        @Setting(value = "A session ends where so long nothing happens.", defaultValue = "30m") Duration gap,
        @Setting(value = "A session ends so long after its first event.", defaultValue = "12h") Duration max) {}
