package io.millrace.app.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace features} as a process of its own, on Parquet files of another writer, read by another reader. */
class FeaturesCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Twelve days of events; users and items meet often enough to be paired. */
    private static final String EVENTS =
            """
            COPY (SELECT i AS event_id, hash(i) %% 200 AS u, (hash(i) %% 200)::BIGINT AS user_id,
                CASE WHEN i %% 50 = 0 THEN NULL ELSE (hash(i * 7) %% 60)::BIGINT END AS item_id,
                CASE (hash(i * 3) %% 10)::INT WHEN 0 THEN 'click' WHEN 1 THEN 'like' WHEN 2 THEN 'purchase'
                    ELSE 'view' END AS event_type,
                'c' || (hash(i * 7) %% 60 %% 5) AS category,
                (hash(i * 11) %% 50)::DOUBLE / 10 AS rating,
                (hash(i * 7) %% 60 + 0.5)::DOUBLE AS price,
                TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds((hash(i * 13) %% (12 * 86400))::DOUBLE) AS "timestamp"
              FROM range(12000) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2000)""";

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws Exception {
        Files.createDirectories(folder.resolve("events"));
        query(EVENTS.formatted(folder.resolve("events/part.parquet")));
    }

    private static List<String> query(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            if (!statement.execute(sql)) {
                return rows;
            }
            try (ResultSet results = statement.getResultSet()) {
                while (results.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                        cells.add(String.valueOf(results.getString(column)));
                    }
                    rows.add(String.join("|", cells));
                }
            }
        }
        return rows;
    }

    private static ChildJvm millrace(String... arguments) {
        return ChildJvm.of("io.millrace.app.Millrace").in(folder).withArguments(arguments);
    }

    private static String files(String name) {
        return "read_parquet('" + folder.resolve(name) + "/**/*.parquet', hive_partitioning = true)";
    }

    private static ChildExit done(ChildExit exit) {
        assertThat(exit.code()).as("%s", exit).isZero();
        return exit;
    }

    /** The original design's aggregates in SQL. */
    private static final String DAILY_USERS =
            """
            SELECT user_id, count(*), count(*) FILTER (WHERE event_type = 'view'),
              count(*) FILTER (WHERE event_type = 'click'), count(*) FILTER (WHERE event_type = 'like'),
              count(*) FILTER (WHERE event_type = 'purchase'), count(DISTINCT item_id),
              list_sort(list(DISTINCT item_id) FILTER (WHERE item_id IS NOT NULL)), min("timestamp"), max("timestamp"),
              list_sort(list(DISTINCT category)), count(DISTINCT category),
              count(*) FILTER (WHERE event_type = 'click') / greatest(count(*) FILTER (WHERE event_type = 'view'), 1),
              (epoch_us(max("timestamp")) - epoch_us(min("timestamp"))) / 3600000000
            FROM %s WHERE "timestamp" >= TIMESTAMPTZ '2026-01-05 00:00:00+00'
              AND "timestamp" < TIMESTAMPTZ '2026-01-06 00:00:00+00' GROUP BY 1 ORDER BY 1""";

    @Test
    void theDailyAggregationOfUsersIsThatOfSql() throws Exception {
        ChildExit exit = done(millrace(
                        "features",
                        "builtin:daily_user_aggregation",
                        "--date",
                        "2026-01-05",
                        "--input",
                        "events",
                        "--output",
                        "users")
                .run(PATIENCE));
        List<String> expected = query(DAILY_USERS.formatted(files("events")));
        assertThat(query(
                        "SELECT user_id, total_events, view_count, click_count, like_count, purchase_count, unique_items,"
                                + " viewed_items, first_event_time, last_event_time, categories, unique_categories,"
                                + " click_through_rate, session_duration_hours FROM " + files("users") + " ORDER BY 1"))
                .isEqualTo(expected)
                .hasSizeGreaterThan(150);
        assertThat(exit.lastLine())
                .isEqualTo("Job completed: {\"date\":\"2026-01-05\",\"users_processed\":" + expected.size()
                        + ",\"output_path\":\"users\"}");
        assertThat(query("SELECT DISTINCT date FROM " + files("users"))).containsExactly("2026-01-05");
    }

    @Test
    void theDailyAggregationOfItemsIsThatOfSql() throws Exception {
        ChildExit exit = done(millrace(
                        "features",
                        "builtin:daily_aggregation",
                        "--type",
                        "item",
                        "--date",
                        "2026-01-05",
                        "--input",
                        "events",
                        "--output",
                        "items")
                .run(PATIENCE));
        List<String> rows = query(
                "SELECT item_id, total_events, unique_users, view_count, click_count, purchase_count, round(avg_rating, 9)"
                        + " FROM " + files("items") + " ORDER BY 1");
        assertThat(rows)
                .isEqualTo(query(
                        """
                                SELECT item_id, count(*), count(DISTINCT user_id), count(*) FILTER (WHERE event_type = 'view'),
                                  count(*) FILTER (WHERE event_type = 'click'), count(*) FILTER (WHERE event_type = 'purchase'),
                                  round(avg(rating), 9)
                                FROM %s WHERE "timestamp" >= TIMESTAMPTZ '2026-01-05 00:00:00+00'
                                  AND "timestamp" < TIMESTAMPTZ '2026-01-06 00:00:00+00' AND item_id IS NOT NULL
                                GROUP BY 1 ORDER BY 1"""
                                .formatted(files("events"))));
        assertThat(exit.lastLine()).contains("\"items_processed\":" + rows.size());
    }

    private static void write(String name, String tiles) throws Exception {
        Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                features: %s
                extends: builtin:item_features
                events:
                  batch: {files: {path: events, format: parquet, time_column: timestamp}}
                  tie_break: [event_id]
                %s
                load: {batch: {parquet: {path: %s, partition_by: [date], mode: overwrite_partitions}}}
                run: {batch_rows: 500}
                """
                        .formatted(name, tiles, name));
    }

    private static List<String> all(String name) throws Exception {
        return query("SELECT * FROM " + files(name) + " ORDER BY item_id, date");
    }

    @Test
    void aKilledRunIsFinishedAndTilesGiveTheSameRows() throws Exception {
        write("direct", "");
        String[] range = {"--start", "2026-01-09", "--end", "2026-01-12", "--json"};
        done(millrace("features", "direct.yaml").withArguments(range).run(PATIENCE));
        List<String> expected = all("direct");
        assertThat(expected).hasSizeGreaterThan(150);
        write("tiled", "tiles: tiles");
        for (int kill : new int[] {3, 9}) {
            ChildExit killed = millrace("features", "tiled.yaml")
                    .withArguments(range)
                    .withFailpoint(Failpoint.BEFORE_STAGE, kill, ChildJvm.Action.KILL)
                    .run(PATIENCE);
            assertThat(killed.killed()).as("%s", killed).isTrue();
        }
        assertThat(done(millrace("resume").run(PATIENCE)).errors()).contains("tiled.tiles");
        done(millrace("features", "tiled.yaml").withArguments(range).run(PATIENCE));
        assertThat(all("tiled")).isEqualTo(expected);
        // Its tiles are there: no event is read again, not even where there are none any more.
        Files.move(folder.resolve("events/part.parquet"), folder.resolve("away.parquet"));
        try {
            ChildExit again =
                    done(millrace("features", "tiled.yaml").withArguments(range).run(PATIENCE));
            assertThat(again.errors()).contains("daily tiles in");
        } finally {
            Files.move(folder.resolve("away.parquet"), folder.resolve("events/part.parquet"));
        }
        assertThat(all("tiled")).isEqualTo(expected);
        assertThat(folder.resolve("tiles/2026-01-11/tile.json")).exists();
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsTouched() throws Exception {
        write("wrong", "");
        ChildExit noon = millrace("features", "wrong.yaml", "--as-of", "2026-01-09T12:00:00Z")
                .run(PATIENCE);
        assertThat(noon.code()).isEqualTo(2);
        assertThat(noon.errors()).contains("the nearest before is 2026-01-09T00:00:00Z");
        ChildExit run = millrace("run", "wrong.yaml").run(PATIENCE);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("millrace features wrong.yaml");
        assertThat(done(millrace("validate", "wrong.yaml", "--connect").run(PATIENCE))
                        .output())
                .contains("ok");
        assertThat(folder.resolve("wrong")).doesNotExist();
    }
}
