package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.app.crash.Events;
import io.millrace.app.crash.Lake;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code enrich} from a real server and from files, through the command. */
class EnrichTest {
    private static final int ROWS = 12_000;
    private static final String TABLE =
            "{postgres: {url: \"${env:ITEMSURL}\", user: \"${env:PGUSER}\", password: \"${env:PGPASSWORD}\", table: public.items}}";

    private static Database events;
    private static Database items;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void fill() throws SQLException {
        events = Events.load(ROWS, 31).database();
        items = EmbeddedPostgres.shared().createDatabase();
        sql("CREATE TABLE public.items (id integer PRIMARY KEY, title text)");
    }

    @BeforeEach
    void create() throws SQLException {
        sql("TRUNCATE public.items");
        // Half of the items that events may name.
        sql("INSERT INTO public.items SELECT i, 'first' FROM generate_series(0, 199999, 2) AS i");
        workspace = Workspace.create(folder, events, pipeline(TABLE));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = items.connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static String pipeline(String from) {
        return """
                pipeline: crash
                extract:
                  postgres:
                    url: ${env:PGURL}
                    user: ${env:PGUSER}
                    password: ${env:PGPASSWORD}
                    table: public.user_behaviors
                    columns: [event_id, item_id, created_at]
                    split_rows: 2000
                transform:
                  - enrich:
                      from: %s
                      on: {item_id: id}
                      add: {title: title}
                load:
                  parquet: {path: lake, mode: append}
                run: {parallelism: 1, batch_rows: 1000}
                """
                .formatted(from);
    }

    private ChildExit run(String... arguments) {
        return workspace
                .command(arguments)
                .withVariable("ITEMSURL", items.url())
                .run(Workspace.PATIENCE);
    }

    private ChildExit run() {
        return run("run", "pipeline.yaml", "--json", "--log", "json");
    }

    private List<String> titles() {
        return new Lake(workspace.target()).sorted("title");
    }

    @Test
    void aResumedRunShowsTheTableAsItsFirstAttemptFoundIt() throws SQLException {
        ChildExit killed = workspace
                .run()
                .withVariable("ITEMSURL", items.url())
                .withFailpoint(Failpoint.BEFORE_STAGE, 3, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(killed.killed()).as("%s", killed).isTrue();
        int finished = workspace.finishedSplits();
        assertThat(finished).isPositive();
        sql("UPDATE public.items SET title = 'second'");
        sql("INSERT INTO public.items SELECT i, 'new' FROM generate_series(1, 199999, 2) AS i");
        ChildExit resumed = run();
        assertThat(resumed.code()).as("%s", resumed).isZero();
        assertThat(Workspace.report(resumed).path("splits_skipped").asInt()).isEqualTo(finished);
        assertThat(titles()).hasSize(ROWS);
        assertThat(new HashSet<>(titles())).containsExactlyInAnyOrder("first", null);
        assertThat(resumed.errors()).contains("rows found nothing in");
        assertThat(leftOf(Workspace.report(resumed).path("run").asText())).containsExactly("enrich.json");
        assertThat(resumed.toString() + killed).doesNotContain(items.password());
    }

    private List<String> leftOf(String run) {
        try (Stream<Path> files =
                Files.list(workspace.state().resolve("runs").resolve(run).resolve("lookups"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void readFromAFileAndAskedByKeyGiveTheSame() throws IOException {
        StringBuilder csv = new StringBuilder("id,title\n");
        for (int id = 0; id < 200_000; id += 2) {
            csv.append(id).append(",first\n");
        }
        Files.writeString(folder.resolve("items.csv"), csv);
        workspace.write(pipeline("{files: {path: items.csv}}"));
        ChildExit file = run();
        assertThat(file.code()).as("%s", file).isZero();
        List<String> fromFile = titles();
        assertThat(fromFile).hasSize(ROWS).contains("first").containsNull();
        workspace.write(pipeline("{keyed: " + TABLE + "}").replace("append", "overwrite"));
        ChildExit keyed = run();
        assertThat(keyed.code()).as("%s", keyed).isZero();
        assertThat(titles()).isEqualTo(fromFile);
    }

    /** Titles of every second item, written by another run's loader as the look-up will read them. */
    @Test
    void whatOneRunHasWrittenToRedisAnotherLooksUpByKey() throws SQLException {
        try (EmbeddedRedis redis = EmbeddedRedis.builder().start()) {
            String login = "url: \"" + redis.url() + "\", password: \"${env:REDIS_PASSWORD}\", key: \"item:{id}\"";
            workspace.write(
                    """
                    pipeline: items
                    extract:
                      postgres:
                        url: ${env:ITEMSURL}
                        user: ${env:PGUSER}
                        password: ${env:PGPASSWORD}
                        query: SELECT id, title FROM public.items WHERE id < 100000
                    load:
                      redis: {%s}
                    """
                            .formatted(login));
            ChildExit written = withRedis(redis);
            assertThat(written.code()).as("%s", written).isZero();
            assertThat(redis.ask("HGET", "item:4", "title")).isEqualTo("first");
            workspace.write(pipeline("{redis: {" + login + ", schema: {title: string}}}"));
            ChildExit enriched = withRedis(redis);
            assertThat(enriched.code()).as("%s", enriched).isZero();
            List<String> byRedis = titles();
            sql("DELETE FROM public.items WHERE id >= 100000");
            workspace.write(pipeline(TABLE).replace("append", "overwrite"));
            ChildExit byTable = run();
            assertThat(byTable.code()).as("%s", byTable).isZero();
            assertThat(byRedis).hasSize(ROWS).contains("first").containsNull().isEqualTo(titles());
            assertThat(enriched.toString() + written).doesNotContain(redis.password());
        }
    }

    private ChildExit withRedis(EmbeddedRedis redis) {
        return workspace
                .command("run", "pipeline.yaml", "--json", "--log", "json")
                .withVariable("ITEMSURL", items.url())
                .withVariable("REDIS_PASSWORD", redis.password())
                .run(Workspace.PATIENCE);
    }

    @Test
    void mistakesAreFoundBeforeTheRunAndThePreviewShowsTheNewColumn() {
        ChildExit preview = run("preview", "pipeline.yaml", "--rows", "50");
        assertThat(preview.code()).as("%s", preview).isZero();
        assertThat(preview.output()).contains("title", "first");
        workspace.write(pipeline(TABLE).replace("item_id: id", "created_at: id"));
        ChildExit types = run("validate", "pipeline.yaml", "--connect");
        assertThat(types.code()).as("%s", types).isEqualTo(2);
        assertThat(types.errors())
                .contains("step 'enrich'", "our column 'created_at' is timestamp", "their column 'id' is int32");
    }

    @Test
    void valuesThatMustExistAreHeldToTheTableByEveryCommand() throws SQLException {
        String enrich = pipeline(TABLE);
        String check = "  - check: {item_id: {exists_in: {from: " + TABLE + ", on: id}}}\n";
        String checked = enrich.substring(0, enrich.indexOf("  - enrich:"))
                + check
                + enrich.substring(enrich.indexOf("load:")).replace("batch_rows: 1000", "max_error_rate: 1");
        workspace.write(checked);
        ChildExit valid = run("validate", "pipeline.yaml", "--connect");
        assertThat(valid.code()).as("%s", valid).isZero();
        ChildExit plan = run("plan", "pipeline.yaml", "--json");
        assertThat(plan.code()).as("%s", plan).isZero();
        assertThat(Workspace.report(plan).path("stages"))
                .extracting(stage -> stage.path("step").asText())
                .containsExactly("extract", "check");
        ChildExit preview = run("preview", "pipeline.yaml", "--rows", "50", "--json");
        assertThat(preview.code()).as("%s", preview).isZero();
        assertThat(Workspace.report(preview).path("rows"))
                .extracting(row -> row.path("ending").asText())
                .anyMatch(ending -> ending.contains("is not in the table looked up"))
                .anyMatch(ending -> !ending.contains("is not in the table looked up"));

        ChildExit run = run();
        assertThat(run.code()).as("%s", run).isZero();
        long unknown = count("SELECT count(*) FROM public.user_behaviors WHERE item_id % 2 = 1");
        assertThat(unknown).isPositive();
        assertThat(Workspace.report(run).path("rejected").asLong()).isEqualTo(unknown);
        assertThat(new Lake(workspace.target()).sorted("item_id"))
                .hasSize((int) (ROWS - unknown))
                .allMatch(item -> item == null || Long.parseLong(item) % 2 == 0);

        workspace.write(checked.replace("on: id", "on: idd"));
        ChildExit mistake = run("validate", "pipeline.yaml", "--connect");
        assertThat(mistake.code()).as("%s", mistake).isEqualTo(2);
        assertThat(mistake.errors()).contains("idd", "id");
        assertThat(run("preview", "pipeline.yaml").code()).isEqualTo(2);
    }

    private static long count(String query) throws SQLException {
        try (Connection connection = events.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
