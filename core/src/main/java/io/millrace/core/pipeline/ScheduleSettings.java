package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** When a scheduler should run a pipeline, and what of it. Without effect on a run itself. */
public record ScheduleSettings(
        @Setting(value = "Minute, hour, day of month, month and day of week.", example = "\"0 2 * * *\"") String cron,
        @Setting(value = "The zone that the cron expression is in.", defaultValue = "UTC", example = "Asia/Shanghai")
                ZoneId timezone,
        @Setting(
                        value =
                                "Which rows a run takes: those between two times of the cron expression (interval), the same"
                                        + " with both rounded down to the hour or day, or none: a run without --start and --end."
                                        + " Absent: none where the source is incremental or all of the target is replaced, else"
                                        + " interval.",
                        example = "day")
                Optional<ScheduledWindow> window,
        @Setting(
                        value = "The day, in that zone, from which there are intervals; needed for catchup.",
                        example = "2026-01-01")
                Optional<LocalDate> start,
        @Setting(value = "Whether intervals that were missed are run later.", defaultValue = "false") boolean catchup,
        @Setting(value = "Pipelines that must have finished the same interval.", example = "[load-items]")
                List<String> dependsOn,
        @Setting(value = "How often a run that failed is tried again; it goes on where it was.", defaultValue = "2")
                int retries,
        @Setting(value = "The wait before that.", defaultValue = "5m") Duration retryDelay,
        @Setting(value = "How long a run may take, all its tries together.", example = "6h") Optional<Duration> timeout,
        @Setting(value = "Who is asked when it fails.", example = "reco-data") Optional<String> owner) {
    private static final int MAX_RETRIES = 100;

    public ScheduleSettings {
        dependsOn = List.copyOf(dependsOn);
        CronSyntax.problem(cron).ifPresent(problem -> {
            throw new InvalidSetting("cron", problem);
        });
        if (retries < 0 || retries > MAX_RETRIES) {
            throw new InvalidSetting("retries", "must be from 0 to " + MAX_RETRIES + "; found " + retries);
        }
        if (retryDelay.isNegative()) {
            throw new InvalidSetting("retry_delay", "must not be negative");
        }
        if (timeout.isPresent() && (timeout.get().isZero() || timeout.get().isNegative())) {
            throw new InvalidSetting("timeout", "must be more than zero");
        }
    }

    /** Times of this cron expression in UTC; everything else as where it is not written. */
    public static ScheduleSettings of(String cron) {
        return new ScheduleSettings(
                cron,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                2,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty());
    }
}
