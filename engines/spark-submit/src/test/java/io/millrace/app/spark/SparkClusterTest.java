package io.millrace.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on a real cluster of several processes, driver there or here: the same rows as on the local engine, whatever is
 * killed.
 */
class SparkClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FILES = 6;
    private static final int ROWS = 4_000;
    private static final List<String> COUNTS = List.of("extracted", "loaded", "filtered", "deduplicated", "rejected");

    @TempDir
    static Path folder;

    private static SparkHome home;
    private static SparkCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        home = SparkHome.make();
        cluster = SparkCluster.start(home, folder);
        writeEvents();
        pipeline("rows", "");
        pipeline("keyed", "  - deduplicate: {key: [event_id], keep: last, order_by: [ts]}\n");
    }

    @AfterAll
    static void stopCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static void writeEvents() throws IOException {
        Random random = new Random(42);
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder("event_id,user_id,category,rating,ts\n");
            for (int row = 0; row < ROWS; row++) {
                text.append(random.nextInt(FILES * ROWS))
                        .append(',')
                        .append(random.nextInt(500))
                        .append(random.nextBoolean() ? ", a  b ," : ",c,")
                        .append(random.nextInt(50) == 0 ? "x" : String.valueOf(random.nextInt(6)))
                        .append(",2024-03-0")
                        .append(1 + random.nextInt(9))
                        .append("T10:00:00Z\n");
            }
            Files.writeString(folder.resolve("events-" + file + ".csv"), text);
        }
    }

    private static void pipeline(String name, String keyedStep) throws IOException {
        Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                pipeline: %s
                extract:
                  files:
                    path: "events-*.csv"
                    format: csv
                    csv: {header: true}
                    split_size: 64KB
                    schema: {event_id: int64, user_id: int64, category: string, rating: string, ts: timestamp}
                transform:
                  - clean: {types: {rating: float64}}
                  - filter: "rating < 5"
                %sload: {parquet: {path: "lake-${env:LAKE}"}}
                """
                        .formatted(name, keyedStep));
    }

    private static String[] command(String pipeline, String lake) {
        // A driver of the cluster has another working directory.
        return new String[] {
            "run",
            folder.resolve(pipeline + ".yaml").toString(),
            "--json",
            "--debug",
            "--state",
            folder.resolve("state-" + lake).toString()
        };
    }

    /** Number of rows, and a sum over hashes of all of them, whatever their order. */
    private static String content(String lake) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), sum(hash(t)) FROM read_parquet('"
                        + folder.resolve("lake-" + lake) + "/**/*.parquet') t")) {
            result.next();
            return result.getLong(1) + " rows, " + result.getString(2);
        }
    }

    private static void assertSame(String pipeline, JsonNode report) throws Exception {
        String local = "local-" + pipeline;
        ChildExit reference = ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withVariable("LAKE", local)
                .withArguments(command(pipeline, local))
                .run(PATIENCE);
        assertThat(reference.code()).as("%s", reference).isZero();
        assertThat(content(pipeline)).isEqualTo(content(local));
        JsonNode expected = new ObjectMapper().readTree(reference.lastLine());
        for (String count : COUNTS) {
            assertThat(report.get(count)).as(count).isEqualTo(expected.get(count));
        }
    }

    /** A driver that is killed when so many pieces are in the ledger. */
    private static List<String> killedAfter(int pieces) {
        return List.of("-Dmillrace.failpoint=after-stage:" + pieces + ":kill");
    }

    @Test
    void anExecutorAndThenTheDriverKilledInMidRunChangeNothingForADriverOnTheCluster() throws Exception {
        Submission here = Submission.client(home, cluster, folder, Map.of("LAKE", "keyed"));
        Submission.Started run = here.start(killedAfter(9), command("keyed", "keyed"));
        run.awaitErrors("splits to read");
        cluster.killExecutor(run.process());
        Submission.Ended killed = run.await();
        assertThat(killed.code()).as(killed.errors()).isEqualTo(137);
        Submission there = Submission.cluster(home, cluster, folder, Map.of("LAKE", "keyed"));
        assertSame("keyed", there.run(command("keyed", "keyed")).report());
    }

    @Test
    @EnabledIfSystemProperty(named = "millrace.spark", matches = "all")
    void aKilledDriverIsResumedWithoutReadingFinishedSplitsAgain() throws Exception {
        Submission here = Submission.client(home, cluster, folder, Map.of("LAKE", "rows"));
        Submission.Ended killed =
                here.start(killedAfter(4), command("rows", "rows")).await();
        assertThat(killed.code()).as(killed.errors()).isEqualTo(137);
        JsonNode report = here.run(command("rows", "rows")).report();
        assertThat(report.get("splits_skipped").asInt()).isGreaterThanOrEqualTo(4);
        assertSame("rows", report);
    }
}
