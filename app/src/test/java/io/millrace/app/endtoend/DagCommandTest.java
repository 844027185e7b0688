package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace dag} over files with real connectors, and what a scheduler's run leaves in the ledger. */
class DagCommandTest {
    private static final String EVENTS =
            """
            pipeline: events
            extract:
              postgres:
                url: ${env:NOT_SET_ANYWHERE_URL:-postgresql://db:5432/shop}
                user: ${env:NOT_SET_ANYWHERE}
                password: ${file:/not/there}
                table: events
                incremental: snapshot
            load:
              parquet: {path: ../lake/events}
            schedule: {cron: "0 2 * * *", timezone: Asia/Shanghai}
            """;

    private static final String DAYS =
            """
            pipeline: days
            extract:
              files: {path: "../lake/events/date=${window.start:yyyy-MM-dd}/*.parquet", format: parquet}
            load:
              delta: {path: s3://lake/days, mode: overwrite_partitions, partition_by: [date]}
            schedule: {cron: "0 2 * * *", timezone: Asia/Shanghai, window: day, depends_on: [events]}
            """;

    private static final String COPY =
            """
            pipeline: copy
            extract:
              delta: {path: s3://lake/days}
            load:
              parquet: {path: copy, mode: overwrite}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void create() throws IOException {
        Files.createDirectory(folder.resolve("pipelines"));
        write("events", EVENTS);
        write("days", DAYS);
        write("copy", COPY);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("pipelines/" + name + ".yaml"), text);
    }

    private ChildExit millrace(String... arguments) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments(arguments)
                .run(Workspace.PATIENCE);
    }

    private ChildExit dags(String... more) {
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {
                    "dag", "pipelines/events.yaml", "pipelines/days.yaml", "pipelines/copy.yaml", "--out", "dags"
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return millrace(arguments);
    }

    @Test
    void writesDagsWithoutAnyEnvironmentAndChecksThem() throws IOException {
        ChildExit missing = dags("--check", "--json");
        assertThat(missing.code()).as("%s", missing).isEqualTo(1);
        assertThat(Workspace.report(missing).path("missing")).hasSize(3);
        assertThat(folder.resolve("dags")).doesNotExist();

        ChildExit written = dags();
        assertThat(written.code()).as("%s", written).isZero();
        String events = Files.readString(folder.resolve("dags/events.py"));
        assertThat(events)
                .contains("os.path.join(HERE, \"../pipelines/events.yaml\")")
                .contains("_environment(\"none\"")
                .contains("max_active_runs=1")
                .doesNotContain("db:5432", folder.toString());
        String days = Files.readString(folder.resolve("dags/days.py"));
        assertThat(days)
                .contains("_environment(\"day\"")
                .contains("external_dag_id=\"events\"")
                .contains("inlets=[Asset(\"x-millrace://events\")]");
        assertThat(Files.readString(folder.resolve("dags/copy.py")))
                .contains("schedule=[Asset(\"x-millrace://days\")]");
        assertThat(dags("--check").code()).isZero();

        Files.move(folder.resolve("dags/copy.py"), folder.resolve("dags/old.py"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("dags/days.py"), days.replace("Asia/Shanghai", "UTC"));
        ChildExit stale = dags("--check");
        assertThat(stale.code()).as("%s", stale).isEqualTo(1);
        assertThat(stale.output())
                .contains("dags/copy.py: is missing", "dags/days.py: is stale", "dags/old.py: belongs to none");
        assertThat(dags("--prune").code()).isZero();
        assertThat(dags("--check").code()).isZero();
        assertThat(folder.resolve("dags/old.py")).doesNotExist();
    }

    @Test
    void refusesWhatWouldNotDoWhatIsMeant() throws IOException {
        write("days", DAYS.replace("window: day, ", ""));
        ChildExit refused = dags();
        assertThat(refused.code()).as("%s", refused).isEqualTo(2);
        assertThat(refused.errors()).contains("pipeline 'days': mode overwrite_partitions", "add schedule.window: day");
        write("days", DAYS.replace("cron:", "corn:"));
        ChildExit mistyped = dags();
        assertThat(mistyped.code()).as("%s", mistyped).isEqualTo(2);
        assertThat(mistyped.errors()).contains("pipelines/days.yaml:6").contains("did you mean");
        assertThat(folder.resolve("dags")).doesNotExist();
    }

    @Test
    void aRunKnowsItsScheduler() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "id\n1\n2\n");
        Files.writeString(
                folder.resolve("small.yaml"),
                """
                pipeline: small
                extract:
                  files: {path: rows.csv, schema: {id: int64}}
                load:
                  parquet: {path: out}
                """);
        ChildJvm scheduled = ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withVariable("MILLRACE_SCHEDULED_BY", "small/scheduled__1/run, try 1")
                .withVariable("MILLRACE_START", "")
                .withVariable("MILLRACE_END", "");
        ChildExit first = scheduled
                .withArguments("run", "small.yaml", "--skip-empty", "--json")
                .run(Workspace.PATIENCE);
        assertThat(first.code()).as("%s", first).isZero();
        assertThat(first.lastLine()).startsWith("{\"run\":");
        JsonNode status = Workspace.report(millrace("status", "--json"));
        assertThat(status.path("scheduled_by").asText()).isEqualTo("small/scheduled__1/run, try 1");
        assertThat(status.path("attempts").asInt()).isEqualTo(1);
        assertThat(millrace("status").output()).contains("small/scheduled__1/run, try 1");
        ChildExit again = scheduled
                .withArguments("run", "small.yaml", "--skip-empty", "--json")
                .run(Workspace.PATIENCE);
        assertThat(again.code()).as("%s", again).isEqualTo(99);
    }
}
