package io.millrace.core.airflow;

import static io.millrace.core.airflow.PythonText.flag;
import static io.millrace.core.airflow.PythonText.literal;

import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.pipeline.ScheduledWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text of one DAG file. Each construct is one that both Airflow 2.10 and 3 take, and that means the same to both; where
 * they differ, a comment in the text or here says how.
 */
final class DagText {
    /** For DAGs that never run by themselves for earlier times; Airflow wants a date all the same. */
    private static final LocalDate SOME_START = LocalDate.of(2024, 1, 1);

    /** How long another pipeline is waited for, unless the schedule says how long a run may take. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final String UTC = "UTC";

    private final PipelineGraph graph;
    private final Workers workers;
    private final Path folder;
    private final PythonLines out = new PythonLines();

    DagText(PipelineGraph graph, Workers workers, Path folder) {
        this.graph = graph;
        this.workers = workers;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The DAG of one pipeline. */
    String single(ScheduledPipeline pipeline) {
        boolean waits = !graph.dependencies(pipeline).isEmpty();
        prologue("Runs the pipeline " + pipeline.name() + ".", List.of(pipeline), pipeline.schedule(), waits, false);
        openDag(pipeline.name(), pipeline.description(), List.of(pipeline), schedule(pipeline));
        tasks(pipeline);
        if (waits) {
            sensors(pipeline);
        } else if (pipeline.program() instanceof Program.OfFile) {
            out.add("validate >> run");
        }
        out.close();
        return out.toString();
    }

    /** One DAG of all pipelines. */
    String project(String name) {
        List<ScheduledPipeline> all = graph.pipelines();
        Optional<ScheduleSettings> schedule =
                all.stream().flatMap(one -> one.schedule().stream()).findFirst();
        prologue("Runs the pipelines of " + name + ".", all, schedule, false, true);
        openDag(name, Optional.empty(), all, schedule.map(DagText::timetable).orElse("None"));
        out.add("runs = {}");
        Map<String, String> groups = groupNames(all);
        for (ScheduledPipeline pipeline : all) {
            out.open("with TaskGroup(group_id=" + literal(groups.get(pipeline.name())) + "):");
            tasks(pipeline);
            if (pipeline.program() instanceof Program.OfFile) {
                out.add("validate >> run");
            }
            out.add("runs[" + literal(pipeline.name()) + "] = run");
            out.close();
        }
        for (ScheduledPipeline pipeline : all) {
            for (String before : graph.predecessors(pipeline)) {
                out.add("runs[" + literal(before) + "] >> runs[" + literal(pipeline.name()) + "]");
            }
        }
        out.close();
        return out.toString();
    }

    private void prologue(
            String docstring,
            List<ScheduledPipeline> pipelines,
            Optional<ScheduleSettings> schedule,
            boolean waits,
            boolean groups) {
        boolean spark = pipelines.stream().anyMatch(this::submits);
        out.add("\"\"\"" + docstring + "\"\"\"").blank(1);
        out.add(DagFile.MARK + " Do not edit: change the pipeline file and generate again.");
        out.add(
                """
                # It loads on Airflow 2.10 and on Airflow 3. A retry resumes the run where it was. Clearing a task or a backfill
                # runs the same window again: what was appended is not appended twice, other modes replace it.
                from __future__ import annotations

                import logging
                import os
                from datetime import timedelta

                import pendulum
                """);
        if (schedule.isPresent()) {
            out.add("from airflow.timetables.interval import CronDataIntervalTimetable");
        }
        out.blank(1);
        imports(groups, spark, waits);
        functions(schedule, waits);
    }

    private void imports(boolean groups, boolean spark, boolean waits) {
        out.add("try:  # Airflow 3");
        out.add("    from airflow.sdk import DAG, Asset, Param" + (groups ? ", TaskGroup" : ""));
        out.add(
                """
                except ImportError:  # Airflow 2
                    from airflow import DAG
                    from airflow.datasets import Dataset as Asset
                    from airflow.models.param import Param
                """);
        if (groups) {
            out.add("    from airflow.utils.task_group import TaskGroup");
        }
        either("operators.bash", "BashOperator");
        if (waits) {
            either("sensors.external_task", "ExternalTaskSensor");
        }
        if (spark) {
            out.add("from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator");
        }
        out.blank(1);
    }

    private void either(String module, String name) {
        out.add("try:");
        out.add("    from airflow.providers.standard." + module + " import " + name);
        out.add("except ImportError:");
        out.add("    from airflow." + module + " import " + name);
    }

    private void functions(Optional<ScheduleSettings> schedule, boolean waits) {
        out.add("HERE = os.path.dirname(os.path.abspath(__file__))");
        out.add("MILLRACE = " + literal(workers.command()));
        out.add("ZONE = " + literal(zone(schedule)));
        out.blank(2);
        out.add(DagFunctions.COMMON);
        out.blank(2);
        out.add(workers.onFailure().map(DagFunctions::notifying).orElse(DagFunctions.LOGGING));
        if (waits) {
            out.blank(2);
            out.add(DagFunctions.WAITING);
        }
        out.blank(2);
    }

    private void openDag(String id, Optional<String> description, List<ScheduledPipeline> pipelines, String schedule) {
        Optional<ScheduleSettings> settings =
                pipelines.stream().flatMap(one -> one.schedule().stream()).findFirst();
        boolean oneAtATime = pipelines.stream().anyMatch(one -> one.window() == ScheduledWindow.NONE);
        LocalDate start = settings.flatMap(ScheduleSettings::start).orElse(SOME_START);
        out.open("with DAG(");
        out.add("dag_id=" + literal(id) + ",");
        description.ifPresent(text -> out.add("description=" + literal(text) + ","));
        out.add("schedule=" + schedule + ",");
        out.add(String.format(
                Locale.ROOT,
                "start_date=pendulum.datetime(%d, %d, %d, tz=ZONE),",
                start.getYear(),
                start.getMonthValue(),
                start.getDayOfMonth()));
        // Without it, Airflow 2 would catch up and Airflow 3 would not.
        out.add("catchup=" + flag(settings.map(ScheduleSettings::catchup).orElse(false)) + ",");
        if (oneAtATime) {
            out.add("max_active_runs=1,");
        }
        out.add("dagrun_timeout=" + limit(pipelines) + ",");
        out.add("on_failure_callback=_failed,");
        out.add("user_defined_macros={\"millrace_window\": _window},");
        out.add(
                """
                params={
                    "start": Param(None, type=["null", "string"], description="Rows at or after it, instead of the interval's"),
                    "end": Param(None, type=["null", "string"], description="Rows before it"),
                },
                tags=["millrace"],
                """);
        out.close(") as dag:").indent();
    }

    private static String limit(List<ScheduledPipeline> pipelines) {
        List<Optional<Duration>> limits = pipelines.stream()
                .map(one -> one.schedule().flatMap(ScheduleSettings::timeout))
                .toList();
        return limits.stream().allMatch(Optional::isPresent)
                ? seconds(limits.stream().map(Optional::orElseThrow).reduce(Duration.ZERO, Duration::plus))
                : "None";
    }

    private static String seconds(Duration duration) {
        return "timedelta(seconds=" + duration.toSeconds()
                + (duration.toMillisPart() == 0 ? "" : ", milliseconds=" + duration.toMillisPart()) + ")";
    }

    private String schedule(ScheduledPipeline pipeline) {
        if (pipeline.schedule().isPresent()) {
            return timetable(pipeline.schedule().get());
        }
        List<String> triggers = graph.triggers(pipeline);
        if (triggers.isEmpty()) {
            return "None";
        }
        String assets = triggers.stream().map(DagText::asset).collect(Collectors.joining(" | "));
        return triggers.size() == 1 ? "[" + assets + "]" : "(" + assets + ")";
    }

    private static String timetable(ScheduleSettings schedule) {
        // A plain expression would give Airflow 3 intervals that are empty.
        return "CronDataIntervalTimetable("
                + literal(String.join(" ", schedule.cron().strip().split("\\s+"))) + ", timezone=ZONE)";
    }

    private static String zone(Optional<ScheduleSettings> schedule) {
        return schedule.map(ScheduleSettings::timezone)
                .flatMap(ScheduleRules::zone)
                .orElse(UTC);
    }

    /** Named by who writes it: an address may differ from machine to machine. */
    private static String asset(String pipeline) {
        return "Asset(" + literal("x-millrace://" + pipeline) + ")";
    }

    private boolean submits(ScheduledPipeline pipeline) {
        return pipeline.submitted() && workers.spark().isPresent() && pipeline.program() instanceof Program.OfFile;
    }

    private void tasks(ScheduledPipeline pipeline) {
        Optional<String> file = pipeline.program() instanceof Program.OfFile program
                ? Optional.of(path(program.path()))
                : Optional.empty();
        file.ifPresent(path -> {
            out.open("validate = BashOperator(");
            out.add("task_id=\"validate\",");
            out.add("bash_command=VALIDATE,");
            environment(pipeline, file);
            owner(pipeline);
            // What is wrong with a file does not go away by itself.
            out.add("retries=0,");
            out.add("do_xcom_push=False,");
            out.close(")");
        });
        out.open("run = " + (submits(pipeline) ? "SparkSubmitOperator(" : "BashOperator("));
        out.add("task_id=\"run\",");
        if (submits(pipeline)) {
            submission(pipeline, file.orElseThrow());
        } else {
            String command = pipeline.program() instanceof Program.OfCommand other
                    ? "_text(" + literal("exec " + shell(other.words())) + ")"
                    : "RUN";
            out.add("bash_command=" + command + ",");
            environment(pipeline, file);
            out.add("skip_on_exit_code=99,");
        }
        owner(pipeline);
        ScheduleSettings schedule = pipeline.schedule().orElse(ScheduleSettings.of("0 0 * * *"));
        out.add("retries=" + schedule.retries() + ",");
        out.add("retry_delay=" + seconds(schedule.retryDelay()) + ",");
        out.add("execution_timeout=" + schedule.timeout().map(DagText::seconds).orElse("None") + ",");
        // An interval without rows is skipped, and has finished all the same.
        out.add("trigger_rule=\"none_failed\",");
        List<String> inlets = graph.producers(pipeline);
        if (!inlets.isEmpty()) {
            out.add("inlets=[" + inlets.stream().map(DagText::asset).collect(Collectors.joining(", ")) + "],");
        }
        out.add("outlets=[" + asset(pipeline.name()) + "],");
        out.close(")");
    }

    private void environment(ScheduledPipeline pipeline, Optional<String> file) {
        out.add("env=_environment(" + literal(unit(pipeline))
                + file.map(path -> ", " + path).orElse("") + "),");
        out.add("append_env=True,");
    }

    private void submission(ScheduledPipeline pipeline, String file) {
        Workers.SparkSubmit spark = workers.spark().orElseThrow();
        out.add("conn_id=" + literal(spark.connection()) + ",");
        out.add("name=" + literal(pipeline.name()) + ",");
        out.add("application=_text(" + literal(spark.application()) + "),");
        out.add("java_class=" + literal(spark.mainClass()) + ",");
        out.add("application_args=[\"run\", _text(" + file + "), \"--json\"],");
        out.add("env_vars=_environment(" + literal(unit(pipeline)) + "),");
    }

    private void owner(ScheduledPipeline pipeline) {
        pipeline.schedule()
                .flatMap(ScheduleSettings::owner)
                .ifPresent(owner -> out.add("owner=" + literal(owner) + ","));
    }

    private static String unit(ScheduledPipeline pipeline) {
        return pipeline.window().name().toLowerCase(Locale.ROOT);
    }

    private void sensors(ScheduledPipeline pipeline) {
        Duration patience =
                pipeline.schedule().flatMap(ScheduleSettings::timeout).orElse(PATIENCE);
        for (String dependency : graph.dependencies(pipeline)) {
            out.open("wait = _Finished(");
            out.add("task_id=" + literal("wait-for-" + dependency) + ",");
            out.add("external_dag_id=" + literal(dependency) + ",");
            out.add("allowed_states=[\"success\"],");
            out.add("failed_states=[\"failed\"],");
            out.add("check_existence=True,");
            out.add("deferrable=False,");
            out.add("mode=\"reschedule\",");
            out.add("poke_interval=60,");
            out.add("timeout=" + patience.toSeconds() + ",");
            owner(pipeline);
            out.close(")");
            out.add(pipeline.program() instanceof Program.OfFile ? "validate >> wait >> run" : "wait >> run");
        }
    }

    /** As the task finds it: below the folder that workers have, or as seen from the DAG file. */
    private String path(Path file) {
        String name = file.getFileName().toString();
        return workers.pipelines()
                .map(known -> literal(known.replaceAll("/+$", "") + "/" + name))
                .orElseGet(() -> "os.path.normpath(os.path.join(HERE, "
                        + literal(folder.relativize(file.toAbsolutePath().normalize())
                                .toString()
                                .replace('\\', '/'))
                        + "))");
    }

    /** Each word within single quotes, which nothing but a single quote ends. */
    private static String shell(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\"'\"'") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Groups may not have dots. */
    private static Map<String, String> groupNames(List<ScheduledPipeline> pipelines) {
        Map<String, String> names = new LinkedHashMap<>();
        for (ScheduledPipeline pipeline : pipelines) {
            names.put(pipeline.name(), pipeline.name().replace('.', '_'));
        }
        return names;
    }
}
