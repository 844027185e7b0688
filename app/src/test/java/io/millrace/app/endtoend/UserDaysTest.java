package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.app.crash.Events;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.CleanEvent;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of step in one pipeline: the example {@code user-days}, with its plugin, on a real database. */
class UserDaysTest {
    private static final int ROWS = 20_000;
    private static final List<String> STAGES = List.of(
            "extract",
            "clean",
            "filter",
            "deduplicate",
            "derive",
            "enrich",
            "normalize",
            "aggregate",
            "derive-2",
            "check",
            "java");

    private static Events events;
    private static String pipeline;

    @TempDir
    static Path folder;

    /** Where the pipeline's fit files were learned. */
    private static Workspace fitted;

    @BeforeAll
    static void fill() throws Exception {
        events = Events.load(ROWS, 23);
        try (Connection connection = events.database().connect()) {
            events.generator().loadItems(connection, "public.items");
            loadClean(connection);
        }
        pipeline = Files.readString(Path.of("..", "examples", "user-days.yaml"))
                .replace("overwrite}", "overwrite}\nrun: {batch_rows: 1000}");
        Path classes = folder.resolve("classes");
        PluginJar.compile(Path.of("..", "examples", "plugin", "src", "main", "java"), classes);
        PluginJar.pack(
                folder.resolve("plugins/reviews/reviews.jar"),
                Map.of(),
                classes,
                Path.of("..", "examples", "plugin", "src", "main", "resources"));
        fitted = Workspace.create(folder.resolve("fitted"), events.database(), pipeline);
        ChildExit exit = command(fitted, "validate", "pipeline.yaml").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isEqualTo(2);
        assertThat(exit.errors()).contains("there is no fit file state/price.json; learn it first:  millrace fit");
        exit = command(fitted, "fit", "pipeline.yaml", "--json").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(Workspace.report(exit).path("files"))
                .extracting(file -> file.path("path").asText())
                .containsExactly("state/category.json", "state/price.json");
    }

    private static ChildJvm command(Workspace workspace, String... arguments) {
        return workspace
                .command(arguments)
                .withVariable("MILLRACE_PLUGINS", folder.resolve("plugins").toString());
    }

    /** What cleaning and deduplication must leave. */
    private static void loadClean(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE public.clean (user_id bigint, item_id bigint, event_type text, ts timestamptz,"
                            + " category text, rating float8)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO public.clean VALUES (?, ?, ?, ?::timestamptz, ?, ?)")) {
            Iterator<CleanEvent> clean = events.generator().cleanEvents();
            while (clean.hasNext()) {
                CleanEvent event = clean.next();
                insert.setLong(1, event.userId());
                insert.setObject(2, event.itemId(), Types.BIGINT);
                insert.setString(3, event.eventType());
                insert.setString(4, event.ts() == null ? null : event.ts().toString());
                insert.setString(5, event.category());
                insert.setDouble(6, event.rating());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Workspace workspace(String name) throws IOException {
        Workspace workspace = Workspace.create(folder.resolve(name), events.database(), pipeline);
        Files.createDirectory(workspace.folder().resolve("state"));
        for (String file : List.of("state/price.json", "state/category.json")) {
            Files.copy(fitted.folder().resolve(file), workspace.folder().resolve(file));
        }
        return workspace;
    }

    private static ChildJvm run(Workspace workspace, String... more) {
        return command(workspace, "run", "pipeline.yaml", "--json", "--log", "json")
                .withArguments(more);
    }

    /** The same by PostgreSQL, from the rows that cleaning and deduplication must leave. Fractions are whole 100,000ths, cut off where no value lies. */
    private static List<String> expected() throws Exception {
        String days =
                """
                WITH kept AS (
                  SELECT c.*, i.price FROM public.clean c LEFT JOIN public.items i ON i.id = c.item_id
                  WHERE event_type IN ('view', 'click', 'like', 'purchase')),
                learned AS (SELECT avg(price)::float8 AS mean, stddev_pop(price)::float8 AS deviation FROM kept),
                vocabulary AS (
                  SELECT category, row_number() OVER (ORDER BY count(*) DESC, category COLLATE "C") AS index
                  FROM kept GROUP BY category),
                days AS (
                  SELECT user_id, (ts AT TIME ZONE 'Asia/Shanghai')::date AS date, count(*) AS total,
                    count(*) FILTER (WHERE event_type = 'view') AS views,
                    count(*) FILTER (WHERE event_type = 'click') AS clicks,
                    count(DISTINCT item_id) AS items,
                    array_to_string(array_agg(DISTINCT category COLLATE "C" ORDER BY category COLLATE "C"), ',') AS categories,
                    array_to_string(array_agg(DISTINCT v.index ORDER BY v.index), ',') AS indices,
                    sum(price) FILTER (WHERE event_type = 'purchase') AS spent,
                    floor(1e5 * avg((price::float8 - mean) / deviation) + 0.1)::bigint AS score,
                    floor(1e5 * avg(rating / 5) + 0.1)::bigint AS rating,
                    extract(epoch FROM min(ts))::bigint AS first, extract(epoch FROM max(ts))::bigint AS last
                  FROM kept JOIN vocabulary v USING (category), learned GROUP BY 1, 2)
                SELECT *, floor(1e5 * clicks / greatest(views, 1) + 0.1)::bigint,
                  CASE WHEN total >= 5 THEN 'heavy' WHEN total >= 2 THEN 'regular' ELSE 'light' END
                FROM days ORDER BY 1, 2""";
        try (Connection connection = events.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(days)) {
            return texts(rows);
        }
    }

    private static List<String> texts(ResultSet rows) throws Exception {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                cells.add(rows.getString(column));
            }
            texts.add(String.join("|", cells.stream().map(String::valueOf).toList()));
        }
        return texts;
    }

    private static List<String> loaded(Workspace workspace) throws Exception {
        String files = workspace.folder().resolve("lake/user-days") + "/**/*.parquet";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT user_id, date, total_events, view_count, click_count,"
                        + " unique_items, array_to_string(categories, ','),"
                        + " array_to_string(CAST(category_indices AS VARCHAR[]), ','), spent,"
                        + " CAST(floor(1e5 * mean_price_score + 0.1) AS BIGINT), CAST(floor(1e5 * mean_rating + 0.1) AS BIGINT),"
                        + " epoch_us(first_event_time) // 1000000, epoch_us(last_event_time) // 1000000,"
                        + " CAST(floor(1e5 * click_through_rate + 0.1) AS BIGINT), level FROM read_parquet('" + files
                        + "', hive_partitioning = true) ORDER BY 1, 2")) {
            return texts(rows);
        }
    }

    @Test
    void everyStepOfTheExampleRuns() throws Exception {
        Workspace workspace = workspace("whole");
        ChildExit exit = run(workspace).run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode report = Workspace.report(exit);
        List<String> rows = loaded(workspace);
        assertThat(rows).hasSizeGreaterThan(1000).containsExactlyElementsOf(expected());
        assertThat(report.path("groups").asLong()).isEqualTo(rows.size());
        assertThat(report.path("groups_loaded").asLong()).isEqualTo(rows.size());
        assertThat(report.path("extracted").asLong())
                .isEqualTo(report.path("loaded").asLong()
                        + report.path("filtered").asLong()
                        + report.path("deduplicated").asLong()
                        + report.path("rejected").asLong());
    }

    @Test
    void aKillBehindEachExchangeChangesNothing() throws Exception {
        Workspace workspace = workspace("killed");
        for (int kill = 0; kill < 2; kill++) {
            ChildExit exit = run(workspace, "--parallelism", "2")
                    .withFailpoint(Failpoint.BEFORE_STAGE, 4 + 5 * kill, ChildJvm.Action.KILL)
                    .run(Workspace.PATIENCE);
            assertThat(exit.killed()).as("%s", exit).isTrue();
        }
        ChildExit exit = run(workspace).run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(loaded(workspace)).containsExactlyElementsOf(expected());
    }

    @Test
    void previewShowsEveryStep() throws IOException {
        ChildExit exit = command(fitted, "preview", "pipeline.yaml", "--rows", "4", "--json")
                .run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode preview = Workspace.report(exit);
        assertThat(preview.path("stages")).extracting(JsonNode::asText).containsExactlyElementsOf(STAGES);
        assertThat(preview.path("rows"))
                .extracting(row -> row.path("from").asText())
                .contains("extract", "deduplicate", "aggregate");
        JsonNode last = null;
        for (JsonNode row : preview.path("rows")) {
            last = row.path("from").asText().equals("aggregate") ? row.path("records") : last;
        }
        assertThat(last).as("%s", preview).hasSize(STAGES.size() - STAGES.indexOf("aggregate"));
        assertThat(last.get(last.size() - 1).path("level").asText()).isIn("light", "regular", "heavy");
    }

    @Test
    void planShowsTheColumnsBehindEveryStep() {
        ChildExit exit = command(fitted, "plan", "pipeline.yaml", "--json").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(Workspace.report(exit).path("stages"))
                .extracting(stage -> stage.path("step").asText())
                .containsExactlyElementsOf(STAGES);
    }
}
