package io.millrace.core.airflow;

import io.millrace.api.DataSet;
import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.pipeline.ScheduledWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Pipelines for tests, changed piece by piece. */
record Scheduled(ScheduledPipeline pipeline) {
    static final Path PIPELINES = Path.of("/srv/reco/pipelines");
    static final Path DAGS = Path.of("/srv/reco/dags");

    /** Upserts what each interval has, reads and writes nothing that others do. */
    static Scheduled pipeline(String name) {
        return new Scheduled(new ScheduledPipeline(
                name,
                Optional.empty(),
                new Program.OfFile(PIPELINES.resolve(name + ".yaml")),
                Optional.empty(),
                ScheduledWindow.INTERVAL,
                false,
                WriteMode.UPSERT,
                false,
                false,
                Optional.empty(),
                Optional.empty()));
    }

    Scheduled at(String cron) {
        return with(ScheduleSettings.of(cron));
    }

    Scheduled with(ScheduleSettings schedule) {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                p.description(),
                p.program(),
                Optional.of(schedule),
                schedule.window().orElse(p.window()),
                p.incremental(),
                p.mode(),
                p.mentionsWindow(),
                p.submitted(),
                p.source(),
                p.target()));
    }

    Scheduled described(String text) {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                Optional.of(text),
                p.program(),
                p.schedule(),
                p.window(),
                p.incremental(),
                p.mode(),
                p.mentionsWindow(),
                p.submitted(),
                p.source(),
                p.target()));
    }

    Scheduled running(Program program) {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                p.description(),
                program,
                p.schedule(),
                p.window(),
                p.incremental(),
                p.mode(),
                p.mentionsWindow(),
                p.submitted(),
                p.source(),
                p.target()));
    }

    Scheduled writing(WriteMode mode, ScheduledWindow window, boolean incremental) {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                p.description(),
                p.program(),
                p.schedule(),
                window,
                incremental,
                mode,
                p.mentionsWindow(),
                p.submitted(),
                p.source(),
                p.target()));
    }

    Scheduled mentioningWindow() {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                p.description(),
                p.program(),
                p.schedule(),
                p.window(),
                p.incremental(),
                p.mode(),
                true,
                p.submitted(),
                p.source(),
                p.target()));
    }

    Scheduled onSpark() {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                p.description(),
                p.program(),
                p.schedule(),
                p.window(),
                p.incremental(),
                p.mode(),
                p.mentionsWindow(),
                true,
                p.source(),
                p.target()));
    }

    /** From one folder of files to another. */
    Scheduled moving(String source, String target) {
        ScheduledPipeline p = pipeline;
        return new Scheduled(new ScheduledPipeline(
                p.name(),
                p.description(),
                p.program(),
                p.schedule(),
                p.window(),
                p.incremental(),
                p.mode(),
                p.mentionsWindow(),
                p.submitted(),
                Optional.of(new DataSet("file", source)),
                Optional.of(new DataSet("file", target))));
    }

    /** A schedule with everything said. */
    static ScheduleSettings daily(ScheduledWindow window, String... dependsOn) {
        return new ScheduleSettings(
                "30 2 * * *",
                ZoneId.of("Asia/Shanghai"),
                Optional.of(window),
                Optional.of(LocalDate.of(2026, 1, 1)),
                true,
                List.of(dependsOn),
                4,
                Duration.ofMillis(1500),
                Optional.of(Duration.ofHours(6)),
                Optional.of("reco-data"));
    }

    static ScheduleSettings in(ZoneId zone, boolean catchup, Optional<LocalDate> start, String... dependsOn) {
        return new ScheduleSettings(
                "0 2 * * *",
                zone,
                Optional.empty(),
                start,
                catchup,
                List.of(dependsOn),
                2,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty());
    }

    static ScheduleSettings waitingFor(String... dependsOn) {
        return in(ZoneOffset.UTC, false, Optional.empty(), dependsOn);
    }
}
