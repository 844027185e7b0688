package io.millrace.core.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated DAG files, executed by the machine's own Python against stand-ins for the names of Airflow 2.10 and of Airflow 3.
 */
class DagPythonTest {
    private static final Map<String, JsonNode> DECLARED = new HashMap<>();
    private static Path folder;

    @BeforeAll
    static void execute(@TempDir Path written) throws IOException, InterruptedException {
        Python.require();
        folder = written;
        List<Path> files = new ArrayList<>();
        for (DagFile dag : GoldenDags.all()) {
            files.add(Files.writeString(written.resolve(dag.name()), dag.text()));
        }
        for (String generation : List.of("2", "3")) {
            DECLARED.put(generation, Python.execute(generation, files));
        }
    }

    private static JsonNode dag(String name) {
        return dag("3", name);
    }

    private static JsonNode dag(String generation, String name) {
        return DECLARED.get(generation).path("files").path(name + ".py");
    }

    @Test
    void bothGenerationsOfAirflowSeeTheSame() {
        assertThat(DECLARED.get("2")).isEqualTo(DECLARED.get("3"));
    }

    @Test
    void timesAreThoseOfTheScheduleWithWholeIntervals() {
        JsonNode arguments = dag("clean_behaviors").path("arguments");
        assertThat(arguments.path("dag_id").asText()).isEqualTo("clean.behaviors");
        assertThat(arguments.path("schedule").asText()).isEqualTo("30 2 * * * in Asia/Shanghai");
        assertThat(arguments.path("start_date").asText()).isEqualTo("2026-01-01T00:00:00+08:00");
        assertThat(arguments.path("catchup").asBoolean()).isTrue();
        assertThat(arguments.path("dagrun_timeout").asDouble()).isEqualTo(21_600);
        assertThat(arguments.path("description").asText()).isEqualTo("Behaviour events, cleaned");
        assertThat(arguments.path("on_failure_callback").asText()).isEqualTo("_failed");
        JsonNode run = dag("clean_behaviors").path("tasks").path("run").path("arguments");
        assertThat(run.path("owner").asText()).isEqualTo("reco-data");
        assertThat(run.path("retries").asInt()).isEqualTo(4);
        assertThat(run.path("retry_delay").asDouble()).isEqualTo(1.5);
        assertThat(run.path("execution_timeout").asDouble()).isEqualTo(21_600);
    }

    @Test
    void whatTheScheduleLeavesOpenIsSaidAllTheSame() {
        JsonNode arguments = dag("load-items").path("arguments");
        assertThat(arguments.path("catchup").isBoolean()).isTrue();
        assertThat(arguments.path("catchup").asBoolean()).isFalse();
        assertThat(arguments.has("dagrun_timeout")).isTrue();
        assertThat(dag("hand").path("arguments").path("schedule").isNull()).isTrue();
        assertThat(dag("hand").path("arguments").path("max_active_runs").asInt())
                .isEqualTo(1);
        assertThat(arguments.has("max_active_runs")).isFalse();
    }

    @Test
    void theFileIsCheckedOnceBeforeItIsRun() {
        JsonNode dag = dag("clean_behaviors");
        assertThat(dag.path("edges").toString()).isEqualTo("[[\"validate\",\"run\"]]");
        JsonNode validate = dag.path("tasks").path("validate").path("arguments");
        assertThat(validate.path("retries").asInt(-1)).isZero();
        assertThat(validate.path("bash_command").asText()).isEqualTo("exec \"$MILLRACE\" validate \"$PIPELINE_FILE\"");
        JsonNode run = dag.path("tasks").path("run").path("arguments");
        assertThat(run.path("bash_command").asText())
                .isEqualTo("exec \"$MILLRACE\" run \"$PIPELINE_FILE\" --skip-empty --json");
        assertThat(run.path("skip_on_exit_code").asInt()).isEqualTo(99);
        assertThat(run.path("append_env").asBoolean()).isTrue();
        assertThat(run.path("trigger_rule").asText()).isEqualTo("none_failed");
        assertThat(run.path("outlets").toString()).isEqualTo("[\"x-millrace://clean.behaviors\"]");
    }

    @Test
    void aDependencyIsWaitedForInTheSameIntervalButNotByHand() {
        JsonNode dag = dag("join-items");
        assertThat(dag.path("edges").toString())
                .isEqualTo("[[\"validate\",\"wait-for-load-items\"],[\"validate\",\"wait-for-load-users\"],"
                        + "[\"wait-for-load-items\",\"run\"],[\"wait-for-load-users\",\"run\"]]");
        JsonNode wait = dag.path("tasks").path("wait-for-load-items");
        assertThat(wait.path("type").asText()).isEqualTo("ExternalTaskSensor");
        assertThat(wait.path("arguments").path("external_dag_id").asText()).isEqualTo("load-items");
        assertThat(wait.path("arguments").path("mode").asText()).isEqualTo("reschedule");
        assertThat(wait.path("poked").path("scheduled").asText()).isEqualTo("asked");
        assertThat(wait.path("poked").path("backfill").asText()).isEqualTo("asked");
        assertThat(wait.path("poked").path("manual").asBoolean()).isTrue();
    }

    @Test
    void aPipelineWithoutTimesRunsWhenWhatItReadsWasWritten() {
        JsonNode dag = dag("triggered");
        assertThat(dag.path("arguments").path("schedule").toString())
                .isEqualTo("{\"any\":[\"x-millrace://hourly\",\"x-millrace://other\"]}");
        assertThat(dag.path("tasks")
                        .path("run")
                        .path("arguments")
                        .path("inlets")
                        .toString())
                .isEqualTo("[\"x-millrace://hourly\",\"x-millrace://other\"]");
    }

    @Test
    void aProjectIsOneDagInTheOrderOfItsData() {
        JsonNode dag = dag("reco_project");
        assertThat(dag.path("arguments").path("dag_id").asText()).isEqualTo("reco.project");
        assertThat(dag.path("edges").toString())
                .isEqualTo("[[\"a_raw.run\",\"b-clean.run\"],[\"a_raw.validate\",\"a_raw.run\"],"
                        + "[\"b-clean.run\",\"c.run\"],[\"b-clean.run\",\"d.run\"],"
                        + "[\"b-clean.validate\",\"b-clean.run\"],[\"c.validate\",\"c.run\"],"
                        + "[\"d.validate\",\"d.run\"]]");
        assertThat(dag.path("tasks").path("c.run").path("type").asText()).isEqualTo("SparkSubmitOperator");
        assertThat(dag.path("arguments").path("dagrun_timeout").isNull()).isTrue();
    }

    @Test
    void aClusterGetsTheArgumentsOfTheCommand() {
        JsonNode arguments = dag("submitted").path("tasks").path("run").path("arguments");
        assertThat(arguments.path("java_class").asText()).isEqualTo(Workers.SparkSubmit.MAIN_CLASS);
        assertThat(arguments.path("conn_id").asText()).isEqualTo("yarn");
        requireTemplates();
        JsonNode scheduled = rendered("submitted", "run", "scheduled");
        assertThat(scheduled.path("application").asText()).isEqualTo("hdfs:///jars/millrace-spark-submit.jar");
        assertThat(scheduled.path("application_args").toString())
                .isEqualTo("[\"run\",\"/srv/pipelines/submitted.yaml\",\"--json\"]");
        assertThat(scheduled.path("env_vars").path("MILLRACE_END").asText()).isEqualTo("2026-03-02T18:30:00+00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void windowsAreIntervalsRoundedAsAskedOrWhatARunWasTriggeredWith(String generation) {
        requireTemplates();
        JsonNode day =
                dag(generation, "clean_behaviors").path("tasks").path("run").path("rendered");
        assertThat(start(day, "scheduled")).isEqualTo("2026-03-02T00:00:00+08:00");
        assertThat(end(day, "scheduled")).isEqualTo("2026-03-03T00:00:00+08:00");
        assertThat(start(day, "triggered")).isEqualTo("2026-01-01");
        assertThat(end(day, "triggered")).isEqualTo("2026-01-02");
        assertThat(start(day, "half")).isEqualTo("refused: a window has two ends: give both start and end, or neither");
        assertThat(start(day, "without")).isEqualTo("refused: this run has no interval: trigger it with start and end");
        assertThat(start(rendered("hourly", "run"), "scheduled")).isEqualTo("2026-03-01T18:00:00+00:00");
        assertThat(start(rendered("load-items", "run"), "scheduled")).isEqualTo("2026-03-01T18:30:00+00:00");
        assertThat(start(rendered("hand", "run"), "without")).isEmpty();
        assertThat(start(rendered("hand", "run"), "triggered")).isEqualTo("2026-01-01");
        // A run that cannot be is told by the first task, which is not tried again.
        assertThat(start(rendered("load-items", "validate"), "without")).startsWith("refused: ");
    }

    @Test
    void runsKnowWhoAskedForThem() {
        requireTemplates();
        assertThat(rendered("clean_behaviors", "run", "scheduled")
                        .path("env")
                        .path("MILLRACE_SCHEDULED_BY")
                        .asText())
                .isEqualTo("clean.behaviors/some run/run, try 2");
    }

    @Test
    void filesAreFoundFromTheDagFile() {
        requireTemplates();
        assertThat(rendered("load-items", "run", "scheduled")
                        .path("env")
                        .path("PIPELINE_FILE")
                        .asText())
                .isEqualTo(folder.resolveSibling("pipelines/load-items.yaml")
                        .normalize()
                        .toString());
    }

    @Test
    void hostileTextStaysText() {
        JsonNode dag = dag("hostile");
        assertThat(dag.path("arguments").path("description").asText()).isEqualTo(GoldenDags.HOSTILE);
        assertThat(dag.path("tasks").path("run").path("arguments").path("owner").asText())
                .isEqualTo(GoldenDags.HOSTILE);
        requireTemplates();
        JsonNode environment = rendered("hostile", "run", "scheduled").path("env");
        assertThat(environment.path("MILLRACE").asText()).isEqualTo(GoldenDags.HOSTILE);
        assertThat(environment.path("PIPELINE_FILE").asText()).endsWith("/it's {{ x }}\n/\"a\".sh");
        assertThat(rendered("program", "run", "scheduled").path("bash_command").asText())
                .isEqualTo("exec 'java' '-jar' 'it'\"'\"'s.jar' '" + GoldenDags.HOSTILE.replace("'", "'\"'\"'") + "'");
    }

    private static void requireTemplates() {
        boolean there = DECLARED.get("3").path("jinja").asBoolean();
        if (!there) {
            System.out.println("SKIP the templates of the DAG files are not rendered: this python3 has no jinja2");
        }
        org.junit.jupiter.api.Assumptions.assumeTrue(there, "no jinja2");
    }

    private static JsonNode rendered(String dag, String task) {
        return dag(dag).path("tasks").path(task).path("rendered");
    }

    private static JsonNode rendered(String dag, String task, String context) {
        return rendered(dag, task).path(context);
    }

    private static String start(JsonNode rendered, String context) {
        return rendered.path(context).path("env").path("MILLRACE_START").asText();
    }

    private static String end(JsonNode rendered, String context) {
        return rendered.path(context).path("env").path("MILLRACE_END").asText();
    }
}
