package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.app.crash.Events;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.CleanEvent;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of step in one pipeline: the example {@code user-days}, on a real database. */
class UserDaysTest {
    private static final int ROWS = 20_000;
    private static final String MEASURES = "total_events, view_count, click_count, unique_items, spent";

    private static Events events;
    private static String pipeline;

    @TempDir
    Path folder;

    @BeforeAll
    static void fill() throws Exception {
        events = Events.load(ROWS, 23);
        try (Connection connection = events.database().connect()) {
            events.generator().loadItems(connection, "public.items");
            loadClean(connection);
        }
        pipeline = Files.readString(Path.of("..", "examples", "user-days.yaml"))
                .replace("overwrite}", "overwrite}\nrun: {batch_rows: 1000}");
    }

    /** What cleaning and deduplication must leave. */
    private static void loadClean(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE public.clean (user_id bigint, item_id bigint, event_type text, ts timestamptz)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO public.clean VALUES (?, ?, ?, ?::timestamptz)")) {
            Iterator<CleanEvent> clean = events.generator().cleanEvents();
            while (clean.hasNext()) {
                CleanEvent event = clean.next();
                insert.setLong(1, event.userId());
                insert.setObject(2, event.itemId(), Types.BIGINT);
                insert.setString(3, event.eventType());
                insert.setString(4, event.ts() == null ? null : event.ts().toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Workspace workspace(String name) {
        return Workspace.create(folder.resolve(name), events.database(), pipeline);
    }

    /** The same groups by PostgreSQL, from the same raw rows. */
    private static List<String> expected() throws Exception {
        String days =
                """
                SELECT c.user_id, (c.ts AT TIME ZONE 'Asia/Shanghai')::date AS date, count(*),
                  count(*) FILTER (WHERE event_type = 'view'), count(*) FILTER (WHERE event_type = 'click'),
                  count(DISTINCT item_id), sum(i.price) FILTER (WHERE event_type = 'purchase')
                FROM public.clean c LEFT JOIN public.items i ON i.id = c.item_id
                WHERE event_type IN ('view', 'click', 'like', 'purchase')
                GROUP BY 1, 2 ORDER BY 1, 2""";
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
                ResultSet rows = statement.executeQuery("SELECT user_id, date, " + MEASURES + " FROM read_parquet('"
                        + files + "', hive_partitioning = true) ORDER BY 1, 2")) {
            return texts(rows);
        }
    }

    @Test
    void everyStepOfTheExampleRuns() throws Exception {
        Workspace workspace = workspace("whole");
        ChildExit exit = workspace.run().run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode report = Workspace.report(exit);
        List<String> rows = loaded(workspace);
        assertThat(rows).hasSizeGreaterThan(1000).isEqualTo(expected());
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
            ChildExit exit = workspace
                    .run("--parallelism", "2")
                    .withFailpoint(Failpoint.BEFORE_STAGE, 4 + 5 * kill, ChildJvm.Action.KILL)
                    .run(Workspace.PATIENCE);
            assertThat(exit.killed()).as("%s", exit).isTrue();
        }
        ChildExit exit = workspace.run().run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(loaded(workspace)).isEqualTo(expected());
    }

    @Test
    void previewShowsEveryStep() throws IOException {
        ChildExit exit = workspace("preview")
                .command("preview", "pipeline.yaml", "--rows", "4", "--json")
                .run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode preview = Workspace.report(exit);
        assertThat(preview.path("stages"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "extract",
                        "clean",
                        "filter",
                        "deduplicate",
                        "derive",
                        "enrich",
                        "normalize",
                        "aggregate",
                        "derive-2",
                        "check");
        assertThat(preview.path("rows"))
                .extracting(row -> row.path("from").asText())
                .contains("extract", "deduplicate", "aggregate");
    }
}
