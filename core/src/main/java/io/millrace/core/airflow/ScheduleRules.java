package io.millrace.core.airflow;

import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.pipeline.ScheduledWindow;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a single pipeline's schedule must keep to, so that every run of it does what is meant. */
final class ScheduleRules {
    private static final Pattern ONE = Pattern.compile("\\d{1,2}");
    private static final Pattern OFFSET = Pattern.compile("(?:UTC|GMT|UT)?[+-].*");

    private ScheduleRules() {}

    /** Adds what is wrong, a line each. */
    static void check(ScheduledPipeline pipeline, boolean triggered, List<String> problems) {
        String name = "pipeline '" + pipeline.name() + "': ";
        pipeline.schedule().ifPresent(schedule -> {
            if (zone(schedule.timezone()).isEmpty()) {
                problems.add(name + "schedule.timezone " + schedule.timezone()
                        + " is an offset, which Airflow does not take; name a region such as Asia/Shanghai, or UTC");
            }
            if (schedule.catchup() && schedule.start().isEmpty()) {
                problems.add(name + "schedule.catchup runs missed intervals, but nothing says since when; add"
                        + " schedule.start, a date");
            }
            checkWindow(pipeline, schedule, name, problems);
        });
        if (pipeline.schedule().isPresent() || triggered) {
            checkRepeating(pipeline, triggered, name, problems);
        }
    }

    private static void checkWindow(
            ScheduledPipeline pipeline, ScheduleSettings schedule, String name, List<String> problems) {
        String[] fields = schedule.cron().strip().split("\\s+");
        boolean onceAnHour = ONE.matcher(fields[0]).matches();
        boolean onceADay = onceAnHour && ONE.matcher(fields[1]).matches();
        boolean atMidnight = onceADay && Integer.parseInt(fields[0]) == 0 && Integer.parseInt(fields[1]) == 0;
        boolean tooOften =
                switch (pipeline.window()) {
                    case DAY -> !onceADay;
                    case HOUR -> !onceAnHour;
                    case INTERVAL, NONE -> false;
                };
        if (tooOften) {
            problems.add(name + "schedule.window rounds to whole "
                    + (pipeline.window() == ScheduledWindow.DAY ? "days" : "hours") + ", but the cron expression '"
                    + schedule.cron() + "' may come more often, so that windows would be empty; use window: interval");
        }
        boolean wholeDays = pipeline.window() == ScheduledWindow.DAY
                || pipeline.window() == ScheduledWindow.INTERVAL && atMidnight
                || pipeline.window() == ScheduledWindow.NONE;
        if (pipeline.mode() == WriteMode.OVERWRITE_PARTITIONS && !wholeDays) {
            problems.add(name + "mode overwrite_partitions replaces whole days, and '" + schedule.cron()
                    + "' makes intervals that do not begin at midnight; add schedule.window: day");
        }
    }

    /** What would go well once, and never again. */
    private static void checkRepeating(
            ScheduledPipeline pipeline, boolean triggered, String name, List<String> problems) {
        boolean windowed = pipeline.window() != ScheduledWindow.NONE;
        if (pipeline.mentionsWindow() && (!windowed || triggered)) {
            problems.add(name + "it refers to ${window.start} or ${window.end}, and its runs have no window; give it a"
                    + " schedule whose window is interval, hour or day");
        } else if (pipeline.mode() == WriteMode.APPEND && !windowed && !pipeline.incremental()) {
            problems.add(
                    name + "mode append without a window would load all rows once, and never again; make the source"
                            + " incremental, use a mode that replaces or upserts, or a schedule with a window");
        } else if (pipeline.mode() == WriteMode.REPLACE_WINDOW && !windowed) {
            problems.add(name + "mode replace_window needs runs with a window; give it a schedule whose window is"
                    + " interval, hour or day");
        }
    }

    /** The zone's name as Airflow knows it; empty for an offset. */
    static Optional<String> zone(ZoneId zone) {
        if (zone.normalized().equals(ZoneOffset.UTC)) {
            return Optional.of("UTC");
        }
        return zone instanceof ZoneOffset || OFFSET.matcher(zone.getId()).matches()
                ? Optional.empty()
                : Optional.of(zone.getId());
    }
}
