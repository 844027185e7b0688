package io.millrace.app.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on a real cluster of several processes: the same rows as on the local engine, whatever is killed. */
class SparkClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int FILES = 6;
    private static final int ROWS = 4_000;

    @TempDir
    static Path folder;

    private static SparkPrograms programs;
    private static SparkCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        programs = SparkPrograms.prepare(folder);
        cluster = SparkCluster.start(folder);
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

    private record Ended(int code, String output, String errors) {
        JsonNode report() throws IOException {
            String[] lines = output.strip().split("\n");
            return new ObjectMapper().readTree(lines[lines.length - 1]);
        }
    }

    /** A started command, its output in files. */
    private record Started(Process process, Path output, Path errors) {
        Ended await() throws Exception {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended in time; stderr: %s", Files.readString(errors))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
        }

        void awaitErrors(String text) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.readString(errors).contains(text) || !process.isAlive());
        }
    }

    private static Started start(String pipeline, String lake, List<String> options, String... engine)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", pipeline + ".yaml", "--json", "--debug"));
        arguments.addAll(List.of("--state", folder.resolve("state-" + lake).toString()));
        arguments.addAll(List.of(engine));
        Path output = Files.createTempFile(folder, lake, ".out");
        Path errors = Files.createTempFile(folder, lake, ".err");
        ProcessBuilder builder = new ProcessBuilder(programs.millrace(options, arguments.toArray(String[]::new)))
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("LAKE", lake);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return new Started(builder.start(), output, errors);
    }

    private static String[] onCluster() {
        return new String[] {
            "--engine", "spark", "--master", cluster.master(), "--set", "run.spark.conf={spark.executor.memory: 600m}"
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

    private static void assertSame(String pipeline, String lake, Ended ended) throws Exception {
        assertThat(ended.code()).as(ended.errors()).isZero();
        String local = "local-" + lake;
        Ended reference = start(pipeline, local, List.of()).await();
        assertThat(reference.code()).as(reference.errors()).isZero();
        assertThat(content(lake)).isEqualTo(content(local));
        for (String count : List.of("extracted", "loaded", "filtered", "deduplicated", "rejected")) {
            assertThat(ended.report().get(count))
                    .as(count)
                    .isEqualTo(reference.report().get(count));
        }
    }

    @Test
    void anExecutorKilledInMidRunChangesNothing() throws Exception {
        Started run = start("keyed", "executor", List.of(), onCluster());
        run.awaitErrors("splits to read");
        cluster.killExecutor();
        assertSame("keyed", "executor", run.await());
    }

    @Test
    void aKilledDriverIsResumedWithoutReadingFinishedSplitsAgain() throws Exception {
        Ended killed = start("rows", "driver", List.of("-Dmillrace.failpoint=after-stage:4:kill"), onCluster())
                .await();
        assertThat(killed.code()).as(killed.errors()).isEqualTo(137);
        Ended resumed = start("rows", "driver", List.of(), onCluster()).await();
        assertSame("rows", "driver", resumed);
        assertThat(resumed.report().get("splits_skipped").asInt()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aDriverKilledBetweenBucketsIsResumed() throws Exception {
        Ended killed = start("keyed", "buckets", List.of("-Dmillrace.failpoint=after-stage:9:kill"), onCluster())
                .await();
        assertThat(killed.code()).as(killed.errors()).isEqualTo(137);
        assertSame(
                "keyed",
                "buckets",
                start("keyed", "buckets", List.of(), onCluster()).await());
    }

    @Test
    void aMasterThatDoesNotAnswerIsAnErrorAtOnce() throws Exception {
        Ended ended = start("rows", "nowhere", List.of(), "--engine", "spark", "--master", "spark://127.0.0.1:1")
                .await();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("no Spark master answers at spark://127.0.0.1:1");
    }
}
