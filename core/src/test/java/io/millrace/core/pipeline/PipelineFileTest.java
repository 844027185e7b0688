package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ByteSize;
import io.millrace.api.ConnectorContext;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.data.DataType;
import io.millrace.core.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
    @TempDir
    Path folder;

    @Test
    void bindsAWholePipeline() {
        LoadedPipeline loaded = new Pipelines(folder).load(Pipelines.FULL);

        PipelineDefinition definition = loaded.definition();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(definition.name()).isEqualTo("clean-behaviors");
        assertThat(definition.description()).contains("Behaviour events, cleaned");
        assertThat(definition.file()).isEqualTo(Path.of("p.yaml"));
        assertThat(definition.directory()).isEqualTo(folder);
        assertThat(definition.extract().connector()).isEqualTo("database");
        assertThat(definition.extract().settings())
                .isEqualTo(new FakeConnectors.DatabaseSource(
                        "db://localhost/recommend",
                        Optional.of("reader"),
                        Optional.of(Secret.of("hunter22")),
                        Optional.of("public.events"),
                        Optional.empty(),
                        List.of("event_id", "user_id"),
                        Optional.of("created_at"),
                        1000,
                        Duration.ofSeconds(30)));
        assertThat(definition.load().settings())
                .isEqualTo(new FakeConnectors.LakeTarget(
                        "lake/behaviors",
                        List.of("date"),
                        FakeConnectors.LakeMode.OVERWRITE_PARTITIONS,
                        new ByteSize(128 << 20)));
        assertThat(definition.transform())
                .extracting(StepDefinition::label)
                .containsExactly("scrub", "deduplicate", "scrub-2");
        FakeConnectors.ScrubSettings scrub = (FakeConnectors.ScrubSettings)
                ((StepDefinition.RowStep) definition.transform().get(0)).settings();
        assertThat(scrub.strings()).isEqualTo(new FakeConnectors.Strings(false, true));
        assertThat(scrub.defaults())
                .isEqualTo(Map.of("rating", 0.0, "category", "unknown", "flag", true, "code", "012"));
        assertThat(scrub.types()).isEqualTo(Map.of("rating", DataType.FLOAT64, "price", DataType.decimal(10, 2)));
        assertThat(definition.run().workers()).isEqualTo(2);
        assertThat(definition.run().batchRows()).isEqualTo(8192);
        assertThat(definition.run().retry().policy())
                .isEqualTo(new RetryPolicy(3, Duration.ofMillis(200), Duration.ofMinutes(1)));
        assertThat(definition.schedule().orElseThrow().timezone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void createsWhatTheConnectorsMake() {
        PipelineDefinition definition =
                new Pipelines(folder).load(Pipelines.FULL).definition();
        ConnectorContext context = new ConnectorContext(definition.directory(), RetryPolicy.NONE);

        assertThatThrownBy(() -> definition.extract().create(context)).hasMessage("the source of public.events");
        assertThatThrownBy(() -> definition.load().create(context)).hasMessage("the target of LakeTarget");
    }

    @Test
    void takesDefaultsForWhatIsAbsent() {
        PipelineDefinition definition =
                new Pipelines(folder).load(Pipelines.MINIMAL).definition();

        assertThat(definition.transform()).isEmpty();
        assertThat(definition.schedule()).isEmpty();
        assertThat(definition.run().engine()).isEqualTo(Engine.LOCAL);
        assertThat(definition.run().maxErrorRate()).isEqualTo(0.05);
        assertThat(definition.run().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(definition.run().retry().policy()).isEqualTo(RetryPolicy.DEFAULT);
        assertThat(definition.run().rejects()).isEmpty();
    }

    @Test
    void readsSettingsThatAreChosenByName() {
        String named = Pipelines.MINIMAL.replace("lake: {path: out}", "database: {table: t, mode: replace_window}");
        String keyed = Pipelines.MINIMAL.replace(
                "lake: {path: out}", "database: {table: t, mode: {upsert: {key: [id], version: v}}}");

        assertThat(new Pipelines(folder).load(named).definition().load().settings())
                .isEqualTo(new FakeConnectors.DatabaseTarget("t", new FakeConnectors.ReplaceWindow(Optional.empty())));
        assertThat(new Pipelines(folder).load(keyed).definition().load().settings())
                .isEqualTo(new FakeConnectors.DatabaseTarget("t", new FakeConnectors.Upsert(List.of("id"), "v")));
    }

    @Test
    void readsAFileWithAByteOrderMarkAndWindowsLineEnds() {
        String text = "\uFEFF" + Pipelines.MINIMAL.replace("\n", "\r\n");

        assertThat(new Pipelines(folder).load(text).definition().name()).isEqualTo("p");
    }

    @Test
    void namesAMissingFileAsItWasTyped() {
        assertThatThrownBy(() -> load(Path.of("sub/none.yaml")))
                .isInstanceOf(MillraceException.class)
                .hasMessage("sub/none.yaml: there is no such file; looked for " + folder.resolve("sub/none.yaml"));
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> load(Path.of(".")))
                .isInstanceOf(MillraceException.class)
                .hasMessage(".: is a directory; name a file in it");
    }

    @Test
    void refusesAnEmptyFileAndAHugeOne() throws IOException {
        Files.writeString(folder.resolve("empty.yaml"), " \n");
        Files.writeString(folder.resolve("huge.yaml"), "# ".repeat(1 << 20));

        assertThatThrownBy(() -> load(Path.of("empty.yaml"))).hasMessage("empty.yaml: the file is empty");
        assertThatThrownBy(() -> load(Path.of("huge.yaml"))).hasMessageContaining("larger than 1 MB");
    }

    @Test
    void bindsADefinitionFromJavaValues() {
        PipelineDefinition definition = PipelineFile.ofMap(
                        Map.of(
                                "pipeline", "p",
                                "extract", Map.of("database", Map.of("url", "u", "table", "t", "fetch_rows", 5)),
                                "load", Map.of("lake", Map.of("path", "out"))),
                        Optional.empty(),
                        new Environment(Map.of(), folder),
                        FakeConnectors.catalog())
                .definition();

        assertThat(((FakeConnectors.DatabaseSource) definition.extract().settings()).fetchRows())
                .isEqualTo(5);
        assertThat(definition.directory()).isEqualTo(folder);
    }

    @Test
    void namesThePathOfKeysForJavaValues() {
        assertThatThrownBy(() -> PipelineFile.ofMap(
                        Map.of("pipeline", "p", "extract", Map.of("database", Map.of("url", "u", "tabel", "t"))),
                        Optional.empty(),
                        new Environment(Map.of(), folder),
                        FakeConnectors.catalog()))
                .hasMessageContaining("extract.database.tabel: unknown key; did you mean 'table'?")
                .hasMessageContaining("the key 'load' is missing");
    }

    @Test
    void tellsFiftyProblemsAndCountsTheRest() {
        StringBuilder text = new StringBuilder(Pipelines.MINIMAL);
        for (int i = 0; i < 60; i++) {
            text.append("unknown_").append(i).append(": 1\n");
        }

        assertThatThrownBy(() -> new Pipelines(folder).load(text.toString()))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(51))
                .hasMessageEndingWith("… and 10 more");
    }

    private void load(Path file) {
        PipelineFile.load(
                file, List.of(), Optional.empty(), new Environment(Map.of(), folder), FakeConnectors.catalog());
    }
}
