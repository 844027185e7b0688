package io.millrace.core.airflow;

import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.pipeline.ScheduledWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The DAG files that are kept beside the tests: all schedule settings, both flavours, hostile texts. */
final class GoldenDags {
    static final String HOSTILE =
            "it's \"quoted\" \\ {{ 7 * 7 }} {% raw %} {# c #} $(touch x) `id`; 用户 \u202e\u0000\ud83d\ude00\r\nimport os .sh";

    private static final Workers SUBMITTING = new Workers(
            "/opt/millrace/millrace",
            Optional.of("/srv/pipelines/"),
            Optional.of(new Workers.SparkSubmit(
                    "hdfs:///jars/millrace-spark-submit.jar", Workers.SparkSubmit.MAIN_CLASS, "yarn")),
            Optional.of("reco.alerts.notify"));

    private GoldenDags() {}

    static List<DagFile> all() {
        List<DagFile> all = new ArrayList<>();
        all.addAll(each(Scheduled.pipeline("hand").writing(WriteMode.APPEND, ScheduledWindow.NONE, true)));
        all.addAll(each(Scheduled.pipeline("clean.behaviors")
                .described("Behaviour events, cleaned")
                .with(Scheduled.daily(ScheduledWindow.DAY))));
        all.addAll(each(
                Scheduled.pipeline("load-items").with(Scheduled.waitingFor()),
                Scheduled.pipeline("join-items").with(Scheduled.waitingFor("load-items", "load-users")),
                Scheduled.pipeline("load-users").with(Scheduled.waitingFor())));
        all.addAll(each(
                Scheduled.pipeline("hourly")
                        .with(new ScheduleSettings(
                                "15 * * * *",
                                ZoneOffset.UTC,
                                Optional.of(ScheduledWindow.HOUR),
                                Optional.empty(),
                                false,
                                List.of(),
                                0,
                                Duration.ZERO,
                                Optional.empty(),
                                Optional.empty()))
                        .moving("raw/hourly", "lake/events"),
                Scheduled.pipeline("other").at("*/5 * * * *").moving("raw/other", "lake"),
                Scheduled.pipeline("triggered")
                        .writing(WriteMode.OVERWRITE, ScheduledWindow.NONE, false)
                        .moving("lake/events", "lake2")));
        all.addAll(Dags.each(
                List.of(Scheduled.pipeline("submitted")
                        .at("0 0 * * *")
                        .onSpark()
                        .pipeline()),
                SUBMITTING,
                Scheduled.DAGS));
        all.addAll(each(Scheduled.pipeline("program")
                .at("0 4 * * 1")
                .running(new Program.OfCommand(List.of("java", "-jar", "it's.jar", HOSTILE)))));
        all.addAll(Dags.each(
                List.of(Scheduled.pipeline("hostile")
                        .described(HOSTILE)
                        .with(new ScheduleSettings(
                                "0 2 * * *",
                                ZoneOffset.UTC,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                List.of(),
                                2,
                                Duration.ofMinutes(5),
                                Optional.empty(),
                                Optional.of(HOSTILE)))
                        .running(new Program.OfFile(Path.of("/srv/it's {{ x }}\n/\"a\".sh")))
                        .pipeline()),
                new Workers(HOSTILE, Optional.empty(), Optional.empty(), Optional.empty()),
                Scheduled.DAGS));
        all.add(Dags.together(
                "reco.project",
                List.of(
                        Scheduled.pipeline("a.raw")
                                .with(Scheduled.daily(ScheduledWindow.DAY))
                                .moving("in", "lake/raw")
                                .pipeline(),
                        Scheduled.pipeline("b-clean")
                                .with(Scheduled.daily(ScheduledWindow.INTERVAL))
                                .moving("lake/raw", "lake/clean")
                                .pipeline(),
                        Scheduled.pipeline("c")
                                .with(Scheduled.daily(ScheduledWindow.INTERVAL, "b-clean"))
                                .onSpark()
                                .pipeline(),
                        Scheduled.pipeline("d")
                                .writing(WriteMode.APPEND, ScheduledWindow.NONE, true)
                                .moving("lake/clean/part", "lake/d")
                                .pipeline()),
                SUBMITTING,
                Scheduled.DAGS));
        return all;
    }

    private static List<DagFile> each(Scheduled... pipelines) {
        return Dags.each(
                List.of(pipelines).stream().map(Scheduled::pipeline).toList(), Workers.DEFAULT, Scheduled.DAGS);
    }
}
