package io.millrace.app.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.MillraceException;
import io.millrace.core.run.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard's server says about real runs, and to whom. */
class DashboardTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static Recorded recorded;
    private static RunReport report;

    @BeforeAll
    static void run() throws IOException {
        recorded = new Recorded(folder);
        recorded.run("earlier", 10);
        report = recorded.run("scores", 1_000);
        assertThat(report.status()).isEqualTo(RunReport.Status.SUCCESS);
    }

    @AfterAll
    static void end() {
        recorded.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(recorded.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void listsRunsNewestFirstAndByPipeline() throws Exception {
        JsonNode all = json("api/runs");
        assertThat(all.get("runs"))
                .extracting(run -> run.get("pipeline").asText())
                .containsExactly("scores", "earlier");
        assertThat(json("api/runs?pipeline=earlier").get("runs")).hasSize(1);
        // One of its ten rows was rejected, which is more than the twentieth that is allowed.
        assertThat(json("api/runs?state=failed").get("runs")).hasSize(1);
        assertThat(json("api/runs?state=stopped,discarded").get("runs")).isEmpty();
        JsonNode page = json("api/runs?limit=1");
        assertThat(page.get("more").asBoolean()).isTrue();
        assertThat(json("api/runs?limit=1&before=" + report.run())
                        .get("runs")
                        .get(0)
                        .get("pipeline")
                        .asText())
                .isEqualTo("earlier");
    }

    @Test
    void showsWhereTheRowsOfARunWent() throws Exception {
        JsonNode run = json("api/runs/" + report.run());
        assertThat(run.get("run").get("extracted").asLong()).isEqualTo(1_000);
        assertThat(run.get("run").get("rejected").asLong()).isEqualTo(20);
        assertThat(run.get("run").get("groups").get("loaded").asLong()).isEqualTo(10);
        assertThat(run.get("steps"))
                .extracting(step -> step.get("stage").asInt() + " "
                        + step.get("label").asText() + " " + step.get("rows_in").asLong() + ">"
                        + step.get("rows_out").asLong())
                .containsExactly(
                        "0 extract 1000>1000",
                        "0 clean 1000>980",
                        "0 aggregate 980>980",
                        "1 aggregate 10>10",
                        "1 load 10>10");
        assertThat(run.get("steps").get(1).get("columns").get(1).get("type").asText())
                .isEqualTo("int64");
        assertThat(run.get("progress").get("phase").asText()).isEqualTo("ended");
    }

    @Test
    void showsSplitsAndRejectedRows() throws Exception {
        assertThat(json("api/runs/" + report.run() + "/splits").get("map").asText())
                .matches("f+");
        assertThat(json("api/runs/" + report.run() + "/split?place=0")
                        .get("extracted")
                        .asLong())
                .isEqualTo(1_000);
        assertThat(get("api/runs/" + report.run() + "/split?place=77").statusCode())
                .isEqualTo(404);
        JsonNode reasons = json("api/runs/" + report.run() + "/rejects").get("reasons");
        assertThat(reasons).hasSize(1);
        assertThat(reasons.get(0).get("rows").asLong()).isEqualTo(20);
        assertThat(reasons.get(0).get("first").get(0).get("value").asText()).isEqualTo("<b>none</b>");
    }

    @Test
    void eventsOfAnEndedRunSayHowItEnded() throws Exception {
        String events = get("api/runs/" + report.run() + "/live").body();
        assertThat(events)
                .startsWith("data: {\"run\":")
                .contains("\"state\":\"done\"")
                .endsWith("event: ended\ndata: {}\n\n");
    }

    @Test
    void answersOnlyToThisMachinesName() throws Exception {
        int port = URI.create(recorded.url()).getPort();
        assertThat(raw(port, "GET /api/runs HTTP/1.1\r\nHost: evil.example:" + port))
                .startsWith("HTTP/1.1 403");
        assertThat(raw(port, "GET /api/runs HTTP/1.1\r\nHost: localhost:" + port))
                .startsWith("HTTP/1.1 200");
        assertThat(raw(port, "POST /api/runs HTTP/1.1\r\nHost: localhost:" + port))
                .startsWith("HTTP/1.1 405");
        assertThat(get("api/runs", "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
    }

    private static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write((request + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void servesItsPagesWithoutRoomForForeignCode() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]* src=)").doesNotContain("http:", "https:");
        assertThat(get("uplot.js").statusCode()).isEqualTo(200);
        for (String nowhere : new String[] {"../ledger.db", "api/runs/none", "META-INF/MANIFEST.MF", "%2e%2e/x"}) {
            assertThat(get(nowhere).statusCode()).as(nowhere).isEqualTo(404);
        }
    }

    @Test
    void aTakenPortIsAClearError() {
        int port = URI.create(recorded.url()).getPort();
        assertThatThrownBy(() -> Dashboard.start(null, folder, port))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("port " + port)
                .hasMessageContaining("--port");
    }
}
