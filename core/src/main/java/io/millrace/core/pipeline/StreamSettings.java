package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Optional;

/** How a pipeline is run without end. */
public record StreamSettings(
        @Setting(
                        value = "The column of the event time, a timestamp, as the source or the steps before the first"
                                + " keyed one yield it. Watermarks follow it.",
                        example = "ts")
                Optional<String> eventTime,
        @Setting(
                        value =
                                "How much earlier than others before it an event may be: how far the watermark stays behind.",
                        defaultValue = "30s")
                Duration outOfOrderness,
        @Setting(
                        value = "How long a partition may bring nothing before the watermark no longer waits for it.",
                        defaultValue = "1m")
                Duration idleness,
        @Setting(
                        value = "How long behind the watermark events may still come: windows and sessions wait so long"
                                + " for them. What comes later is rejected as `late`.",
                        defaultValue = "0s")
                Duration allowedLateness,
        @Setting(
                        value =
                                "How long `deduplicate` remembers a key: until the watermark, or the clock where there is no"
                                        + " event_time, is so long after its row.",
                        defaultValue = "24h")
                Duration horizon,
        @Setting(
                        value =
                                "Where the state of keyed steps lies: on `disk` (RocksDB), or in `memory`, which is faster and"
                                        + " must hold all of it.",
                        defaultValue = "disk")
                KeyedState state,
        @Setting(
                        value =
                                "How often what has been read becomes visible in the target, and what a crash repeats at the"
                                        + " most.",
                        defaultValue = "10s")
                Duration checkpoint,
        @Setting(value = "How long rows wait for others to go through the steps together with.", defaultValue = "100ms")
                Duration linger,
        @Setting(
                        value = "Where rejected rows are written: one connector and its settings. Absent: kept with the"
                                + " stream's state.",
                        example = "{kafka: {brokers: \"localhost:9092\", topic: rejected}}")
                Optional<TargetDefinition> deadLetter) {
    /** What a pipeline file without the key says. */
    public static final StreamSettings DEFAULTS = new StreamSettings(
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofHours(24),
            KeyedState.DISK,
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Optional.empty());

    /** Where the state of keyed steps lies. */
    public enum KeyedState {
        DISK,
        MEMORY
    }

    public StreamSettings {
        positive("idleness", idleness);
        positive("horizon", horizon);
        positive("checkpoint", checkpoint);
        positive("linger", linger);
        if (outOfOrderness.isNegative()) {
            throw new InvalidSetting("out_of_orderness", "must not be negative");
        }
        if (allowedLateness.isNegative()) {
            throw new InvalidSetting("allowed_lateness", "must not be negative");
        }
        if (linger.compareTo(checkpoint) > 0) {
            throw new InvalidSetting("linger", "must not be longer than checkpoint, at which rows go on anyway");
        }
    }

    private static void positive(String key, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new InvalidSetting(key, "must be at least 1ms");
        }
    }
}
