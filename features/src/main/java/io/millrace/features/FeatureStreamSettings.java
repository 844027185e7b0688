package io.millrace.features;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.pipeline.TargetDefinition;
import java.time.Duration;
import java.util.Optional;

/** How a view is computed without end. The event time is that of the view. */
public record FeatureStreamSettings(
        @Setting(
                        value =
                                "How often the values of an entity that something has happened to are written, at the most.",
                        defaultValue = "250ms")
                Duration pace,
        @Setting(
                        value =
                                "How much earlier than others before it an event may be: how far the watermark stays behind.",
                        defaultValue = "30s")
                Duration outOfOrderness,
        @Setting(
                        value =
                                "How far behind the watermark an event may be and still count, as a correction of values that"
                                        + " were final. Later ones are rejected as late.",
                        defaultValue = "1h")
                Duration allowedLateness,
        @Setting(
                        value = "How long a partition may bring nothing before the watermark no longer waits for it.",
                        defaultValue = "1m")
                Duration idleness,
        @Setting(
                        value =
                                "How long deduplicate, among the steps, remembers a key; later repetitions are rejected as"
                                        + " late.",
                        defaultValue = "1d")
                Duration horizon,
        @Setting(value = "Where state lies: on the disk, or in memory, which is faster.", defaultValue = "disk")
                StreamSettings.KeyedState state,
        @Setting(value = "How often the state is saved, and what a crash repeats at the most.", defaultValue = "10s")
                Duration checkpoint,
        @Setting(
                        value = "How long events wait for others to go through the steps together with.",
                        defaultValue = "50ms")
                Duration linger,
        @Setting(
                        value =
                                "Where rejected events are written: one connector and its settings. Absent: kept with the"
                                        + " stream's state.",
                        example = "{kafka: {brokers: \"localhost:9092\", topic: rejected}}")
                Optional<TargetDefinition> deadLetter) {
    public FeatureStreamSettings {
        positive("pace", pace);
        positive("idleness", idleness);
        positive("horizon", horizon);
        positive("checkpoint", checkpoint);
        positive("linger", linger);
        notNegative("out_of_orderness", outOfOrderness);
        notNegative("allowed_lateness", allowedLateness);
        if (linger.compareTo(checkpoint) > 0) {
            throw new InvalidSetting("linger", "must not be longer than checkpoint, at which events go on anyway");
        }
    }

    private static void positive(String key, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new InvalidSetting(key, "must be at least 1ms");
        }
    }

    private static void notNegative(String key, Duration duration) {
        if (duration.isNegative()) {
            throw new InvalidSetting(key, "must not be negative");
        }
    }
}
