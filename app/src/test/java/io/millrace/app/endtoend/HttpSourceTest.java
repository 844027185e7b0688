package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.ApiRecord;
import io.millrace.sandbox.ApiRequest;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an API into Parquet files, by the command. */
class HttpSourceTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SECRET = "the-clients-secret";
    private static final int RECORDS = 1_440;

    @TempDir
    Path folder;

    private final ScriptedApi api = ScriptedApi.start().requireClient("reco", SECRET);
    private Workspace workspace;

    @BeforeEach
    void create() {
        api.add(IntStream.range(0, RECORDS)
                .mapToObj(id -> {
                    Instant created = DAY.plusSeconds(120L * id);
                    String page = id % 2 == 0 ? "{\"page\":\"/p" + id + "\"}" : "null";
                    return new ApiRecord(
                            created,
                            "{\"event_id\":" + id + ",\"created_at\":\"" + created + "\",\"props\":" + page
                                    + ",\"rating\":" + (id == 700 ? "\"bad\"" : "4.5") + "}");
                })
                .toList());
        workspace = Workspace.create(folder, new Database("none", "127.0.0.1", 1, "nobody", "nothing"), pipeline(""));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private String pipeline(String more) {
        return """
                pipeline: api-events
                extract:
                  http:
                    url: %s
                    params: {limit: 50%s}
                    headers: {X-Team: reco}
                    auth: {oauth2: {token_url: "%s", client_id: reco, client_secret: "${env:SECRET}", client_auth: body}}
                    records: data.items
                    pagination: {cursor: {path: next}}
                    schema:
                      event_id: {type: int64, required: true}
                      created_at: timestamp
                      page: {path: props.page, type: string}
                      rating: float64
                    rate_limit: 1000/s
                    timeout: 30s
                    limits: {pages: 1000, response: 1MB, time: 1m}
                load:
                  parquet: {path: lake}
                run: {parallelism: 1, batch_rows: 100, checkpoint: 1ms, retry: {attempts: 3, initial: 10ms, max: 50ms}}
                """
                .formatted(api.url("/cursor"), more, api.url("/token"));
    }

    private ChildJvm run(String... more) {
        return workspace.run(more).withVariable("SECRET", SECRET);
    }

    private JsonNode done(ChildExit exit) {
        assertThat(exit.code()).as("%s", exit).isZero();
        return Workspace.report(exit);
    }

    private List<Long> loaded() throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), count(DISTINCT event_id), count(page) FROM '"
                        + workspace.target() + "/*.parquet'")) {
            row.next();
            return List.of(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    private List<String> cursors() {
        return api.requests().stream()
                .filter(request -> request.method().equals("GET"))
                .map(ApiRequest::parameters)
                .map(parameters -> parameters.getOrDefault("cursor", "first"))
                .toList();
    }

    @Test
    void everyRecordIsLoadedOnceAndBadOnesAreRejected() throws Exception {
        JsonNode report = done(run().run(Workspace.PATIENCE));
        assertThat(report.path("extracted").asInt()).isEqualTo(RECORDS);
        assertThat(report.path("rejected").asInt()).isEqualTo(1);
        assertThat(report.path("errors").toString()).contains("rating", "not a number");
        assertThat(loaded()).containsExactly(1_439L, 1_439L, 719L);
        assertThat(report.toString()).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> contains(file, SECRET));
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aKilledRunGoesOnWhereItWas() throws Exception {
        ChildExit killed =
                run().withFailpoint(Failpoint.MID_READ, 8, ChildJvm.Action.KILL).run(Workspace.PATIENCE);
        assertThat(killed.killed()).as("%s", killed).isTrue();
        int before = cursors().size();
        assertThat(before).isBetween(14, 18);
        JsonNode report = done(run().run(Workspace.PATIENCE));
        assertThat(report.path("extracted").asInt()).isEqualTo(RECORDS);
        assertThat(loaded()).containsExactly(1_439L, 1_439L, 719L);
        // 29 pages: of those that were loaded before the kill none is asked for again.
        assertThat(cursors().size() - before).isLessThan(20);
        assertThat(cursors().subList(before, cursors().size())).doesNotContain("first", "c50", "c100");
    }

    @Test
    void aWindowIsAskedForAndKept() throws Exception {
        workspace.write(pipeline(", since: '${window.start}', day: '${window.start:yyyy-MM-dd}'"));
        JsonNode report = done(run("--start", "2026-01-01T10:00:00Z", "--end", "2026-01-01T11:00:00Z")
                .run(Workspace.PATIENCE));
        // The record of a later hour that is no row is not this run's.
        assertThat(report.path("extracted").asInt()).isEqualTo(30);
        assertThat(report.path("rejected").asInt()).isZero();
        assertThat(loaded().get(0)).isEqualTo(30);
        Map<String, String> asked = api.requests().get(1).parameters();
        assertThat(asked).containsEntry("since", "2026-01-01T10:00:00Z").containsEntry("day", "2026-01-01");
    }

    @Test
    void mistakesInTheBlockAreToldTogetherAndPlaced() {
        workspace.write(
                """
                pipeline: api-events
                extract:
                  http:
                    url: ftp://example.com
                    auth: {bearer: "${env:SECRET}", basic: {user: me, password: "${env:SECRET}"}}
                    pagination: {cursor: {path: a..b}}
                    rate_limit: often
                    schema:
                      ts: {type: timestmp}
                      n: {type: int64, pth: x}
                load:
                  parquet: {path: lake}
                """);
        ChildExit exit = run().run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isEqualTo(2);
        assertThat(exit.errors())
                .contains(":5:", "exactly one auth")
                .contains(":6:", "has an empty name")
                .contains(":7:", "must be a rate such as 10/s")
                .contains(":9:", "did you mean 'timestamp'?")
                .contains(":10:", "did you mean 'path'?")
                .doesNotContain(SECRET);
    }

    @Test
    void anApiThatRefusesIsToldInOneMessage() {
        ChildExit exit = workspace.run().withVariable("SECRET", "wrong-secret").run(Workspace.PATIENCE);
        assertThat(exit.code()).isEqualTo(1);
        assertThat(Workspace.report(exit).path("error").asText())
                .contains("GET " + api.url("/cursor?limit=50") + " (page 1, attempt 1 of 3): the token server")
                .contains("answered 401");
        assertThat(exit.toString()).doesNotContain("wrong-secret", "\tat ");
        assertThat(workspace.target().resolve("_SUCCESS")).doesNotExist();
    }
}
