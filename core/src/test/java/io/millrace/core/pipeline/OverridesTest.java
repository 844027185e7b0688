package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
    @TempDir
    Path folder;

    @Test
    void editsKeysAndMakesTheMapsAboveThem() {
        PipelineDefinition definition = load("run.retry.attempts=2", "load.lake.path=elsewhere", "run.parallelism=3");

        assertThat(definition.run().retry().attempts()).isEqualTo(2);
        assertThat(definition.run().workers()).isEqualTo(3);
        assertThat(((FakeConnectors.LakeTarget) definition.load().settings()).path())
                .isEqualTo("elsewhere");
    }

    @Test
    void takesTheValueAsYaml() {
        FakeConnectors.DatabaseSource source = source(
                "extract.database.columns=[a, 'b c']", "extract.database.timeout=2h", "extract.database.user=\"012\"");

        assertThat(source.columns()).containsExactly("a", "b c");
        assertThat(source.timeout()).hasHours(2);
        assertThat(source.user()).contains("012");
    }

    @Test
    void keepsEverythingBehindTheFirstEqualsSign() {
        assertThat(source("extract.database.url=db://h?a=b&c=d").url()).isEqualTo("db://h?a=b&c=d");
    }

    @Test
    void takesNothingAsEmptyText() {
        assertThat(source("extract.database.user=").user()).contains("");
    }

    @Test
    void editsAndAppendsItemsOfLists() {
        PipelineDefinition definition = load(
                "transform=[{scrub: {}}]",
                "transform.0.scrub.strings.trim=false",
                "transform.1.deduplicate.key=[a]",
                "transform.0.scrub.defaults.\"a.b\"=1");

        assertThat(definition.transform()).extracting(StepDefinition::label).containsExactly("scrub", "deduplicate");
        FakeConnectors.ScrubSettings scrub = (FakeConnectors.ScrubSettings)
                ((StepDefinition.RowStep) definition.transform().get(0)).settings();
        assertThat(scrub.strings().trim()).isFalse();
        assertThat(scrub.defaults()).isEqualTo(Map.of("a.b", 1L));
    }

    @Test
    void letsTheLastOfTwoWin() {
        assertThat(load("run.parallelism=3", "run.parallelism=4").run().workers())
                .isEqualTo(4);
    }

    @Test
    void fillsInReferences() {
        assertThat(source("extract.database.user=${env:WHO}").user()).contains("me");
    }

    @Test
    void tellsProblemsBehindThoseOfTheFile() {
        assertThatThrownBy(() -> new Pipelines(folder).load(Pipelines.MINIMAL + "oops: 1\n", "run.paralelism=4"))
                .hasMessageMatching("(?s)p.yaml:6:1: oops: unknown key.*\n--set run.paralelism=…: run.paralelism: .*");
    }

    private PipelineDefinition load(String... sets) {
        return new Pipelines(folder, Map.of("WHO", "me"), Optional.empty())
                .load(Pipelines.MINIMAL, sets)
                .definition();
    }

    private FakeConnectors.DatabaseSource source(String... sets) {
        return (FakeConnectors.DatabaseSource) load(sets).extract().settings();
    }
}
