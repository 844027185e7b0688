package io.millrace.app.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of real runs, as a catalogue of data gets them. */
class OpenLineageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void pipeline() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "user,score,note\na,1,x\na,2,y\nb,5,z\nb,-1,z\n");
        Files.writeString(folder.resolve("names.csv"), "id,name\na,Ann\nb,Bob\n");
        Files.writeString(
                folder.resolve("scores.yaml"),
                """
                pipeline: scores
                extract:
                  files: {path: rows.csv, schema: {user: string, score: int64, note: string}}
                transform:
                  - filter: score > 0
                  - enrich: {from: {files: {path: names.csv}}, on: {user: id}, add: {name: name}}
                  - check: {score: {range: {min: 2}, severity: warn}}
                  - aggregate: {by: [user, name], measures: {total: sum(score)}}
                load: {parquet: {path: lake, mode: overwrite}}
                """);
    }

    private ChildJvm run(String lineage) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withVariable("OPENLINEAGE_API_KEY", "s3cret")
                .withVariable("OPENLINEAGE_NAMESPACE", "reco")
                .withArguments("run", "scores.yaml", "--lineage", lineage);
    }

    private static JsonNode find(JsonNode list, String key, String value) {
        for (JsonNode one : list) {
            if (one.path(key).asText().equals(value)) {
                return one;
            }
        }
        throw new AssertionError("no " + key + " " + value + " in " + list);
    }

    @Test
    void aFileGetsBothEventsWithSchemasLineageStatisticsAndChecks() throws IOException {
        ChildExit exit = run("out/lineage.jsonl").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out/lineage.jsonl"))) {
            events.add(JSON.readTree(line));
        }
        assertThat(events).extracting(event -> event.path("eventType").asText()).containsExactly("START", "COMPLETE");
        assertThat(events.get(0).at("/run/runId")).isEqualTo(events.get(1).at("/run/runId"));
        events.forEach(OpenLineageTest::isWellFormed);
        JsonNode event = events.get(1);
        assertThat(event.at("/job/namespace").asText()).isEqualTo("reco");
        assertThat(event.at("/job/name").asText()).isEqualTo("scores");
        assertThat(event.at("/inputs/0/name").asText()).endsWith("/rows.csv");
        assertThat(event.at("/inputs/0/facets/schema/fields/1").toString())
                .isEqualTo("{\"name\":\"score\",\"type\":\"int64\"}");
        assertThat(event.at("/inputs/0/inputFacets/inputStatistics/rowCount").asLong())
                .isEqualTo(4);
        assertThat(event.at("/inputs/0/inputFacets/dataQualityAssertions/assertions/0/success")
                        .asBoolean())
                .isFalse();
        assertThat(event.at("/inputs/1/namespace").asText()).isEqualTo("millrace-lookup/files");
        assertThat(event.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong())
                .isEqualTo(2);
        JsonNode fields = event.at("/outputs/0/facets/columnLineage/fields");
        assertThat(find(fields.path("total").path("inputFields"), "field", "score")
                        .at("/transformations/0/type")
                        .asText())
                .isEqualTo("DIRECT");
        assertThat(find(fields.path("name").path("inputFields"), "field", "name")
                        .path("namespace")
                        .asText())
                .isEqualTo("millrace-lookup/files");
        assertThat(find(event.at("/outputs/0/facets/columnLineage/dataset"), "field", "score")
                        .at("/transformations/0/subtype")
                        .asText())
                .isEqualTo("FILTER");
    }

    /** What the specification requires of every event and facet. */
    private static void isWellFormed(JsonNode event) {
        assertThat(event.path("eventTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(event.path("producer").asText()).isNotBlank();
        assertThat(event.path("schemaURL").asText()).contains("openlineage.io/spec/");
        assertThat(event.at("/run/runId").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        for (String facets : List.of("facets", "inputFacets", "outputFacets")) {
            event.findValues(facets).forEach(found -> assertThat(found).allSatisfy(facet -> {
                assertThat(facet.path("_producer").asText()).isNotBlank();
                assertThat(facet.path("_schemaURL").asText()).startsWith("https://openlineage.io/spec/");
            }));
        }
    }

    @Test
    void aServerGetsThemWithTheKey() throws IOException {
        List<String> taken = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            taken.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        try {
            ChildExit exit =
                    run("http://127.0.0.1:" + server.getAddress().getPort()).run(Workspace.PATIENCE);
            assertThat(exit.code()).as("%s", exit).isZero();
            assertThat(exit.errors()).doesNotContain("s3cret", "warning: 1 lineage");
            assertThat(taken).hasSize(2).allSatisfy(event -> assertThat(event)
                    .startsWith("/api/v1/lineage Bearer s3cret {"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatIsNotThereIsAWarning() {
        ChildExit exit = run("http://127.0.0.1:1").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(exit.errors())
                .contains("warning: 2 lineage events did not reach http://127.0.0.1:1/api/v1/lineage")
                .doesNotContain("s3cret");
    }

    @Test
    void aRunThatFailsSaysWhy() throws IOException {
        Files.writeString(
                folder.resolve("scores.yaml"),
                Files.readString(folder.resolve("scores.yaml")).replace("severity: warn", "severity: fail"));
        ChildExit exit = run("lineage.jsonl").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isEqualTo(3);
        JsonNode event = JSON.readTree(
                Files.readAllLines(folder.resolve("lineage.jsonl")).get(1));
        assertThat(event.path("eventType").asText()).isEqualTo("FAIL");
        assertThat(event.at("/run/facets/errorMessage/message").asText()).contains("score");
        assertThat(event.at("/outputs/0/outputFacets").isMissingNode()).isTrue();
    }

    @Test
    void anAddressThatIsNoneIsRefusedBeforeTheRun() {
        ChildExit exit = run("http://me:pw@host/").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isEqualTo(2);
        assertThat(exit.errors()).contains("OPENLINEAGE_API_KEY").doesNotContain("pw@");
        assertThat(folder.resolve("lake")).doesNotExist();
    }
}
