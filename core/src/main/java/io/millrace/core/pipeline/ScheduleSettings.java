package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When a scheduler should run a pipeline. Without effect on a run itself. */
public record ScheduleSettings(
        @Setting(value = "Minute, hour, day of month, month and day of week.", example = "\"0 2 * * *\"") String cron,
        @Setting(value = "The zone that the cron expression is in.", defaultValue = "UTC", example = "Asia/Shanghai")
                ZoneId timezone,
        @Setting(value = "Whether intervals that were missed are run later.", defaultValue = "false") boolean catchup,
        @Setting(value = "Pipelines that must have finished the same interval.", example = "[load-items]")
                List<String> dependsOn,
        @Setting(value = "Who is asked when it fails.", example = "reco-data") Optional<String> owner) {
    public ScheduleSettings {
        dependsOn = List.copyOf(dependsOn);
        CronSyntax.problem(cron).ifPresent(problem -> {
            throw new InvalidSetting("cron", problem);
        });
    }
}
