package io.millrace.core.transform.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.config.Environment;
import io.millrace.core.lookup.LookupRequest;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.core.lookup.Sink;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.pipeline.PipelineSchema;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exists_in} as pipeline files say it. */
class ExistsInFileTest {
    private static final String SECRET = "hunter2-and-more";

    @TempDir
    Path folder;

    private final MemoryTables tables = new MemoryTables();
    private final Catalog catalog = Catalog.of(List.of(tables, new Sink()), List.of(new CheckFactory()));

    private PipelineDefinition load(String... steps) {
        StringBuilder text = new StringBuilder("pipeline: p\nextract: {tables: {table: events}}\ntransform:\n");
        for (String step : steps) {
            text.append("  - check: ").append(step).append('\n');
        }
        text.append("load: {sink: {path: out}}\n");
        try {
            Files.writeString(folder.resolve("p.yaml"), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return PipelineFile.load(
                        Path.of("p.yaml"),
                        List.of(),
                        Optional.empty(),
                        new Environment(Map.of("SECRET", SECRET), folder),
                        catalog)
                .definition();
    }

    private static List<String> requests(PipelineDefinition definition, int step) {
        return ((LookupTransform) ((RowStep) definition.transform().get(step)).transform())
                .requests().stream().map(LookupRequest::name).toList();
    }

    @Test
    void everyTableOfAStepHasANameOfItsOwn() {
        String rule = "{exists_in: {from: {tables: {table: items}}, on: id}}";
        PipelineDefinition definition = load(
                "{item: " + rule + ", rows: {min: 1}}",
                "{item: [not_null, " + rule + "], columns: {user: " + rule + ", exists_in: not_null}}",
                "{user: not_null}");
        assertThat(requests(definition, 0)).containsExactly("check");
        assertThat(requests(definition, 1)).containsExactly("check-2.1", "check-2.2");
        assertThat(requests(definition, 2)).isEmpty();
    }

    @Test
    void theDefinitionKnowsTheTableAndNoSecret() {
        String one = "{item: {exists_in: {from: {tables: {table: items, password: \"${env:SECRET}\"}}}}}";
        String other = one.replace("items", "goods");
        assertThat(load(one).fingerprint().difference(load(other).fingerprint()))
                .containsExactly("transform.0.check.item.exists_in.from.tables.table: items \u2192 goods");
        assertThat(load(one).fingerprint().toJson()).contains("password").doesNotContain(SECRET);
    }

    @Test
    void whatIsWrongIsToldAtItsKey() {
        refused(
                "{item: {exists_in: true}}",
                "transform.0.check.item.exists_in",
                "must be a map with the keys from, on");
        refused("{item: {exists_in: {from: {tabels: {table: x}}}}}", "exists_in.from", "did you mean 'tables'");
        refused("{item: {exists_in: {from: {tables: {table: x}}, nulls: fail}}}", "exists_in.nulls", "pass, break");
        refused(
                "{item: {exists_in: {from: {tables: {table: x}}, cache: {ttl: 1m}}}}",
                "exists_in.cache",
                "servers asked by key");
        refused(
                "{item: {exists_in: {from: {tables: {table: x}}, on: id, with: {area: id}}}}",
                "exists_in.with",
                "names their column 'id' twice");
        refused("{item: {exists_in: {from: {tables: {table: x}}, with: {item: id}}}}", "names a column twice");
        refused("{item: {exist_in: {from: 1}}}", "check.item.exist_in", "did you mean 'exists_in'");
    }

    private void refused(String step, String... parts) {
        assertThatThrownBy(() -> load(step)).as(step).hasMessageContainingAll(parts);
    }

    @Test
    void editorsAreOfferedEveryConnectorThatCanBeLookedUpIn() {
        assertThat(PipelineSchema.generate(catalog)).contains("\"exists_in\"", "\"keyed\"", "\"missing_ttl\"");
    }
}
