package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PipelineSchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text = PipelineSchema.generate(FakeConnectors.catalog());
    private final Schema schema = REGISTRY.getSchema(text);

    @Test
    void isAValidSchema() throws IOException {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(JSON.readTree(text))).isEmpty();
    }

    @Test
    void isTheSameTextEveryTime() {
        assertThat(PipelineSchema.generate(FakeConnectors.catalog()))
                .isEqualTo(text)
                .doesNotContain("\r");
    }

    @Test
    void describesKeysWithDefaultsAndExamples() throws IOException {
        JsonNode batchRows = JSON.readTree(text).at("/properties/run/properties/batch_rows");

        assertThat(batchRows.path("description").asText()).startsWith("Rows that go through the steps together");
        assertThat(batchRows.path("default").asInt()).isEqualTo(8192);
        assertThat(JSON.readTree(text)
                        .at("/properties/schedule/properties/cron/examples/0")
                        .asText())
                .isEqualTo("0 2 * * *");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Pipelines.FULL,
                Pipelines.MINIMAL,
                Pipelines.MINIMAL + "run: {batch_rows: \"${env:ROWS}\", max_error_rate: \"${env:RATE:-0.1}\"}",
                Pipelines.MINIMAL + "run: {retry: {max: \"${env:MAX}\"}, engine: \"${env:ENGINE}\"}",
                Pipelines.MINIMAL + "transform: [{scrub: {strings: {trim: \"${env:TRIM}\"}, types: {a: list(int64)}}}]",
                "pipeline: 12\nextract: {feed: {url: u, auth: {bearer: x}}}\nload: {lake: {path: p, file_size: 512}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {database: {table: t, mode: append}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {database: {table: t, mode: \"${env:MODE}\"}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {database: {table: t, mode: {replace_window: {}}}}",
            })
    void acceptsWhatIsRight(String yaml) {
        assertThat(errors(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline: p",
                Pipelines.MINIMAL + "unknown: 1",
                Pipelines.MINIMAL + "run: {paralelism: 1}",
                Pipelines.MINIMAL + "run: {batch_rows: many}",
                Pipelines.MINIMAL + "run: {engine: flink}",
                Pipelines.MINIMAL + "run: {retry: {max: 30}}",
                Pipelines.MINIMAL + "transform: {scrub: {}}",
                Pipelines.MINIMAL + "transform: [{scrb: {}}]",
                Pipelines.MINIMAL + "transform: [{scrub: {outliers: {rating: {action: drop}}}}]",
                Pipelines.MINIMAL + "transform: [{scrub: {strings: {trim: yes}}}]",
                "pipeline: p\nextract: {lake: {path: in}}\nload: {lake: {path: out}}",
                "pipeline: p\nextract: {feed: {url: u}, database: {url: u}}\nload: {lake: {path: out}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {lake: {path: out, mode: [append]}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {lake: {mode: append}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {database: {table: t, mode: upsert}}",
                "pipeline: p\nextract: {feed: {url: u}}\nload: {database: {table: t, mode: {upsert: {key: [a]}}}}",
                "pipeline: p\nextract: {feed: {url: u, auth: {bearer: {token: x}}}}\nload: {lake: {path: out}}",
            })
    void rejectsWhatIsWrong(String yaml) {
        assertThat(errors(yaml)).isNotEmpty();
    }

    /** Editors read YAML by their own parser, so this test does too. */
    private List<Error> errors(String yaml) {
        Object values = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(JSON.<JsonNode>valueToTree(values));
    }

    @Test
    void agreesWithBindingOnEveryRightFile(@TempDir Path folder) throws IOException {
        assertThat(new Pipelines(folder).load(Pipelines.FULL).warnings()).isEmpty();
        assertThat(errors(Files.readString(folder.resolve("p.yaml")))).isEmpty();
    }
}
