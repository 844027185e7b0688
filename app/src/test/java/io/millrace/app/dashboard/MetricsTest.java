package io.millrace.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.Counts;
import io.millrace.app.crash.Workspace;
import io.millrace.core.run.RunReport;
import io.millrace.core.stream.KeyedCounts;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads, over HTTP and from a file. */
class MetricsTest {
    private static final String SAMPLE = "[a-z_]+(\\{[a-z]+=\"[^\"\\n]*\"(,[a-z]+=\"[^\"\\n]*\")*})? -?[0-9.]+";

    @TempDir
    Path folder;

    private String scrape(Recorded recorded) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(recorded.url() + "metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body().lines()).allSatisfy(line -> assertThat(line)
                .matches("# HELP [a-z_]+ \\S.*|# TYPE [a-z_]+ (counter|gauge)|" + SAMPLE));
        assertThat(answer.body().lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" ")[0]))
                .doesNotHaveDuplicates();
        return answer.body();
    }

    @Test
    void sumsGrowOverRunsAndNameNoRun() throws Exception {
        try (Recorded recorded = new Recorded(folder)) {
            RunReport first = recorded.run("scores", 1_000);
            String once = scrape(recorded);
            assertThat(once)
                    .contains("millrace_records_read_total{pipeline=\"scores\",connector=\"files\"} 1000\n")
                    .contains("millrace_records_written_total{pipeline=\"scores\",connector=\"parquet\"} 10\n")
                    .contains("millrace_records_rejected_total{pipeline=\"scores\"} 20\n")
                    .contains("millrace_step_records_in_total{pipeline=\"scores\",step=\"clean\"} 1000\n")
                    .contains("millrace_step_records_out_total{pipeline=\"scores\",step=\"clean\"} 980\n")
                    .contains("millrace_runs_total{pipeline=\"scores\",status=\"success\"} 1\n")
                    .containsPattern("millrace_run_last_success_timestamp_seconds\\{pipeline=\"scores\"} "
                            + first.ended().getEpochSecond())
                    .doesNotContain(first.run());
            recorded.run("scores", 1_000);
            assertThat(scrape(recorded))
                    .contains("millrace_records_read_total{pipeline=\"scores\",connector=\"files\"} 2000\n");
        }
    }

    @Test
    void whatAFailedAttemptHasAddedItsResumeDoesNotAddAgain() throws Exception {
        Files.writeString(folder.resolve("rows.csv"), "id\n1\nx\n");
        Files.writeString(
                folder.resolve("bad.yaml"),
                """
                pipeline: bad
                extract:
                  files: {path: rows.csv, schema: {id: string}}
                transform: [{clean: {types: {id: int64}}}]
                load: {parquet: {path: lake}}
                """);
        ChildJvm run = ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments("run", "bad.yaml", "--metrics", "out/millrace.prom");
        Path file = folder.resolve("out/millrace.prom");
        for (int attempt = 1; attempt <= 2; attempt++) {
            ChildExit failed = run.run(Workspace.PATIENCE);
            assertThat(failed.code()).as("%s", failed).isEqualTo(3);
            assertThat(Files.readString(file))
                    .contains("millrace_records_read_total{pipeline=\"bad\",connector=\"files\"} 2\n")
                    .contains("millrace_records_written_total{pipeline=\"bad\",connector=\"parquet\"} 0\n")
                    .contains("millrace_runs_total{pipeline=\"bad\",status=\"failed\"} " + attempt + "\n")
                    .contains("millrace_runs_unfinished{pipeline=\"bad\",state=\"failed\"} 1\n")
                    .doesNotContain("last_success");
        }
        ChildExit passed = run.withArguments("--set", "run.max_error_rate=1").run(Workspace.PATIENCE);
        assertThat(passed.code()).as("%s", passed).isZero();
        assertThat(Files.readString(file))
                .contains("millrace_records_read_total{pipeline=\"bad\",connector=\"files\"} 2\n")
                .contains("millrace_records_written_total{pipeline=\"bad\",connector=\"parquet\"} 1\n")
                .contains("millrace_runs_total{pipeline=\"bad\",status=\"success\"} 1\n")
                .doesNotContain("millrace_runs_unfinished{");
    }

    @Test
    void aFileThatCannotBeWrittenIsAWarning() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "id\n1\n");
        Files.writeString(folder.resolve("file"), "");
        Files.writeString(
                folder.resolve("good.yaml"),
                "pipeline: good\nextract: {files: {path: rows.csv}}\nload: {parquet: {path: lake}}\n");
        ChildExit exit = ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments("run", "good.yaml", "--metrics", "file/x.prom")
                .run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(exit.errors()).contains("warning: the metrics cannot be written to file/x.prom");
    }

    @Test
    void streamsTellTheirLag() throws Exception {
        try (Recorded recorded = new Recorded(folder)) {
            StreamStatus status = new StreamStatus(
                    "odd \"name\"",
                    "lineage",
                    StreamStatus.State.RUNNING,
                    "kafka://b:9092/t",
                    "delta /lake/t",
                    Instant.now(),
                    Instant.now(),
                    new Counts(50, 40, 40, 0, 0, 10),
                    KeyedCounts.NONE,
                    Optional.of(Instant.now().minusSeconds(90)),
                    Optional.of(7L),
                    3,
                    Optional.empty(),
                    0,
                    2,
                    Optional.empty(),
                    Optional.empty());
            StreamStatusJson.write(
                    status, StreamFolder.of(recorded.state(), "clicks").status());
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(recorded.url() + "metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body())
                    .contains("millrace_records_written_total{pipeline=\"odd \\\"name\\\"\",connector=\"delta\"} 40\n")
                    .contains("millrace_stream_behind_records{pipeline=\"odd \\\"name\\\"\"} 7\n")
                    .contains("millrace_stream_up{pipeline=\"odd \\\"name\\\"\"} 1\n")
                    .containsPattern("millrace_watermark_lag_seconds\\{pipeline=\"odd ..name...} (9[0-9]|1[0-9]{2})");
            JsonNode stream = new ObjectMapper()
                    .readTree(URI.create(recorded.url() + "api/streams").toURL())
                    .path("streams")
                    .path(0);
            assertThat(stream.path("pipeline").asText()).isEqualTo("odd \"name\"");
            assertThat(stream.path("status").asText()).isEqualTo("running");
            assertThat(stream.path("lag_seconds").asDouble()).isBetween(90.0, 200.0);
            assertThat(stream.path("loaded").asLong()).isEqualTo(40);
        }
    }
}
