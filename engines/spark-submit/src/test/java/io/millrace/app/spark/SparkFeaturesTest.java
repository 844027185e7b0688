package io.millrace.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.features.BuiltInViews;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace features --engine spark}: the values of the engine local, in one process and on a real cluster. */
@EnabledIfSystemProperty(named = "millrace.spark", matches = "all")
class SparkFeaturesTest {
    /** Twelve days of events; users and items meet often enough to be paired. */
    private static final String EVENTS =
            """
            COPY (SELECT i AS event_id, (hash(i) %% 200)::BIGINT AS user_id,
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

    private static SparkHome home;
    private static SparkCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        home = SparkHome.make();
        cluster = SparkCluster.start(home, folder);
        Files.createDirectories(folder.resolve("events"));
        query(EVENTS.formatted(folder.resolve("events/part.parquet")));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            if (statement.execute(sql)) {
                try (ResultSet results = statement.getResultSet()) {
                    while (results.next()) {
                        rows.add(results.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    /** All rows as text, whatever their order. Spark's own form of a timestamp does not say that it is of UTC. */
    private static List<String> values(String name) throws SQLException {
        return query("SELECT replace(t::VARCHAR, '+00', '') FROM read_parquet('" + folder.resolve(name)
                + "/**/*.parquet', hive_partitioning = true) t ORDER BY 1");
    }

    private static String[] arguments(String view, String output) {
        return new String[] {
            "features",
            "builtin:" + view,
            "--date",
            "2026-01-12",
            "--input",
            folder.resolve("events").toString(),
            "--output",
            folder.resolve(output).toString(),
            "--state",
            folder.resolve("state-" + output).toString(),
            "--json"
        };
    }

    private static List<String> byTheLocalEngine(String... arguments) throws SQLException {
        ChildExit exit = ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments(arguments)
                .run(Duration.ofMinutes(2));
        assertThat(exit.code()).as("%s", exit).isZero();
        return List.of(exit.lastLine());
    }

    @TestFactory
    Stream<DynamicTest> builtInViewsAreEqualEverywhere() {
        return BuiltInViews.names().stream()
                .map(view -> DynamicTest.dynamicTest(view, () -> {
                    byTheLocalEngine(arguments(view, view + "-local"));
                    List<String> expected = values(view + "-local");
                    assertThat(expected).hasSizeGreaterThan(40);
                    Submission.local(home, folder, Map.of())
                            .run(arguments(view, view + "-one-process"))
                            .report();
                    assertThat(values(view + "-one-process")).isEqualTo(expected);
                    Submission.client(home, cluster, folder, Map.of())
                            .run(arguments(view, view + "-cluster"))
                            .report();
                    assertThat(values(view + "-cluster")).isEqualTo(expected);
                }));
    }

    @Test
    void theDailyAggregationBySparkSubmitWritesTheSameValues() throws Exception {
        byTheLocalEngine(arguments("daily_user_aggregation", "daily-local"));
        Submission.Ended ended = Submission.client(home, cluster, folder, Map.of())
                .runClass(
                        "io.millrace.engines.spark.features.DailyAggregation",
                        "--date",
                        "2026-01-12",
                        "--input",
                        folder.resolve("events").toString(),
                        "--output",
                        folder.resolve("daily-submitted").toString());
        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.output()).contains("Job completed: {\"date\":\"2026-01-12\",\"users_processed\":");
        assertThat(values("daily-submitted")).isEqualTo(values("daily-local")).isNotEmpty();
    }

    @Test
    void tilesMadeOnSparkAreThoseOfTheLocalEngine() throws Exception {
        byTheLocalEngine(tiled("local"));
        Submission.client(home, cluster, folder, Map.of()).run(tiled("spark")).report();
        assertThat(values("tiled-spark")).isEqualTo(values("tiled-local")).isNotEmpty();
        // The local engine goes on with the tiles that Spark has made.
        Path again = view("again", "spark");
        byTheLocalEngine("features", again.toString(), "--as-of", "2026-01-12", "--json");
        assertThat(values("tiled-again")).isEqualTo(values("tiled-local"));
    }

    private static String[] tiled(String name) throws Exception {
        return new String[] {"features", view(name, name).toString(), "--as-of", "2026-01-12", "--json"};
    }

    private static Path view(String name, String tiles) throws Exception {
        Path file = folder.resolve("view-" + name + ".yaml");
        Files.writeString(
                file,
                """
                features: profile
                entity: user_id
                events:
                  batch: {files: {path: "events/*.parquet", format: parquet, time_column: timestamp}}
                  time: timestamp
                  tie_break: [event_id]
                per: day
                tiles: tiles-%s
                measures:
                  events: count(*)
                  views_7d: {measure: "count(*) FILTER (WHERE event_type = 'view')", window: 7d}
                  mean_5d: {measure: avg(rating), window: 5d}
                  recent_items: {measure: "last(item_id, 5)", window: 7d}
                load:
                  batch: {parquet: {path: "tiled-%s", partition_by: [date], mode: overwrite_partitions}}
                """
                        .formatted(tiles, name));
        return file;
    }
}
