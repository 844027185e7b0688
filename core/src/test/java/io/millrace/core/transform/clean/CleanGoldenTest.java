package io.millrace.core.transform.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every case of golden/clean/*.json: settings, schema, rows; expected rows and rejects, or the error of binding. */
class CleanGoldenTest {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);

    @TestFactory
    Stream<DynamicTest> goldenCases() throws IOException, URISyntaxException {
        Path folder = Path.of(CleanGoldenTest.class.getResource("/golden/clean").toURI());
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder).sorted()) {
            for (Path file : files.toList()) {
                for (JsonNode json : MAPPER.readTree(file.toFile())) {
                    String name = file.getFileName() + ": " + json.get("name").asText();
                    tests.add(DynamicTest.dynamicTest(name, () -> check(json)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests.stream();
    }

    private static void check(JsonNode json) {
        Schema schema = CleanJson.schema(json.get("schema"));
        if (json.has("error")) {
            assertThatThrownBy(() -> new Clean(CleanJson.settings(json.get("settings"))).bind(schema, null))
                    .hasMessageContaining(json.get("error").asText());
            return;
        }
        BoundTransform clean = new Clean(CleanJson.settings(json.get("settings"))).bind(schema, null);
        CollectedRejects rejects = new CollectedRejects();
        Batch cleaned = clean.apply(Batch.ofRecords(schema, CleanJson.records(json.get("rows"), schema)), rejects);

        assertThat(cleaned.schema()).isEqualTo(clean.output());
        if (json.has("output")) {
            assertThat(cleaned.schema().toString()).isEqualTo(json.get("output").asText());
        }
        List<Map<String, Object>> expected = CleanJson.records(json.get("expected"), cleaned.schema());
        assertThat(comparable(cleaned.records())).isEqualTo(comparable(expected));
        List<String> rejected = new ArrayList<>();
        rejects.rejected.forEach(r -> rejected.add(r.row() + " " + r.column() + " " + r.reason()));
        List<String> expectedRejects = new ArrayList<>();
        json.path("rejects").forEach(r -> expectedRejects.add(r.asText()));
        assertThat(rejected).containsExactlyInAnyOrderElementsOf(expectedRejects);
        assertThat(rejects.filtered).isEqualTo(json.path("filtered").asInt());
    }

    /** Arrays have no equality of content. */
    static List<Map<String, Object>> comparable(List<Map<String, Object>> records) {
        List<Map<String, Object>> comparable = new ArrayList<>();
        for (Map<String, Object> record : records) {
            Map<String, Object> copy = new LinkedHashMap<>(record);
            // deepToString compares lists of arrays as well.
            copy.replaceAll((name, value) -> value instanceof byte[] || value instanceof List<?>
                    ? Arrays.deepToString(value instanceof List<?> list ? list.toArray() : new Object[] {value})
                    : value);
            comparable.add(copy);
        }
        return comparable;
    }
}
