package io.millrace.app.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Lake;
import io.millrace.app.spark.SparkCluster;
import io.millrace.app.spark.SparkHome;
import io.millrace.app.spark.Submission;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EventGenerator;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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

/**
 * Real servers on a real cluster: sources into targets by drivers here and there, and the example with every kind of step,
 * look-ups included.
 */
@EnabledIfSystemProperty(named = "millrace.spark", matches = "all")
class SparkMatrixTest {
    private static final List<MatrixSource> SOURCES = new ArrayList<>();
    private static final List<MatrixTarget> TARGETS = new ArrayList<>();

    @TempDir
    static Path folder;

    private static SparkHome home;
    private static SparkCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        home = SparkHome.make();
        cluster = SparkCluster.start(home, folder);
        SOURCES.addAll(List.of(new PostgresSource(), new KafkaSource(), new S3Source(), new HttpSource()));
        TARGETS.addAll(List.of(new ParquetTarget(), new DeltaTarget(), new RedisTarget(), new PostgresTarget()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        for (Object server : Stream.concat(SOURCES.stream(), TARGETS.stream()).toList()) {
            if (server instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    /** Each source and each target once; every second one by a driver of the cluster. */
    @TestFactory
    List<DynamicTest> sourcesIntoTargets() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int pair = 0; pair < SOURCES.size(); pair++) {
            MatrixSource source = SOURCES.get(pair);
            MatrixTarget target = TARGETS.get(pair);
            boolean there = pair % 2 == 0;
            tests.add(DynamicTest.dynamicTest(
                    source.name() + " → " + target.name() + (there ? ", driver on the cluster" : ", driver here"),
                    () -> loads(source, target, there)));
        }
        return tests;
    }

    private static void loads(MatrixSource source, MatrixTarget target, boolean there) throws Exception {
        Path workspace = Files.createDirectories(folder.resolve(source.name()));
        MatrixTarget.Place place = target.create(workspace);
        Path file = workspace.resolve("pipeline.yaml");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "pipeline: matrix",
                        "extract: {" + source.settings() + "}",
                        "transform:",
                        "  - clean: {nulls: {event_type: reject}}",
                        "load: {" + place.settings() + "}",
                        ""));
        Map<String, String> variables = new HashMap<>(source.variables());
        variables.putAll(place.variables());
        Submission submission = there
                ? Submission.cluster(home, cluster, workspace, variables)
                : Submission.client(home, cluster, workspace, variables);
        JsonNode report = submission.run("run", file.toString(), "--json").report();
        assertThat(report.path("extracted").asLong()).isEqualTo(Events.COUNT + Events.BAD);
        assertThat(report.path("loaded").asLong()).isEqualTo(Events.COUNT);
        assertThat(report.path("rejected").asLong()).isEqualTo(Events.BAD);
        assertThat(place.rows()).isEqualTo(Events.expected());
        assertThat(place.leftovers()).isEmpty();
    }

    @Test
    void theExampleWithEveryKindOfStepGivesTheSameEverywhere() throws Exception {
        Database database = EmbeddedPostgres.shared().createDatabase();
        try (Connection connection = database.connect()) {
            EventGenerator.of(20_000, 23).load(connection);
        }
        Map<String, String> variables =
                Map.of("PGURL", database.url(), "PGUSER", database.user(), "PGPASSWORD", database.password());
        ChildJvm local = ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withVariable("PGURL", database.url())
                .withVariable("PGUSER", database.user())
                .withVariable("PGPASSWORD", database.password())
                .withArguments("run", example("local"), "--json");
        ChildExit exit = local.run(Duration.ofMinutes(2));
        assertThat(exit.code()).as("%s", exit).isZero();
        List<String> expected = rows("local");
        assertThat(expected).hasSizeGreaterThan(1_000);

        Submission.local(home, folder, variables)
                .run("run", example("one-process"), "--json")
                .report();
        assertThat(rows("one-process")).isEqualTo(expected);
        Submission.client(home, cluster, folder, variables)
                .run("run", example("client"), "--json")
                .report();
        assertThat(rows("client")).isEqualTo(expected);
        Submission.cluster(home, cluster, folder, variables)
                .run("run", example("cluster"), "--json")
                .report();
        assertThat(rows("cluster")).isEqualTo(expected);
    }

    /** The example in a folder of its own. */
    private static String example(String name) throws Exception {
        Path file = Files.createDirectories(folder.resolve("example-" + name)).resolve("user-days.yaml");
        Files.copy(Path.of("..", "..", "examples", "user-days.yaml"), file);
        return file.toString();
    }

    private static List<String> rows(String name) {
        return new Lake(folder.resolve("example-" + name).resolve("lake/user-days"))
                .sorted("concat_ws('|', user_id, date, total_events, view_count, click_count, unique_items,"
                        + " array_to_string(categories, ','), coalesce(spent::varchar, '-'),"
                        + " coalesce(mean_rating::varchar, '-'), epoch_us(first_event_time),"
                        + " epoch_us(last_event_time), click_through_rate)");
    }
}
