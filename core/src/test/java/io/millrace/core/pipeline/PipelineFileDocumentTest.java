package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.config.Environment;
import io.millrace.core.config.Problems;
import io.millrace.core.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the reference page do what the page says. */
class PipelineFileDocumentTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```(yaml|text)\n(.*?)```");
    private static final Pattern RUN_DEFAULT = Pattern.compile("\\| `([a-z_]+)` \\| `?([^`|]+)`? \\| ");

    @TempDir
    Path folder;

    @Test
    void wholePipelinesAreRead() throws IOException {
        List<String> pipelines =
                blocks().stream().filter(block -> block.startsWith("pipeline:")).toList();

        assertThat(pipelines).hasSizeGreaterThanOrEqualTo(2);
        for (String pipeline : pipelines) {
            assertThat(load("p.yaml", pipeline).warnings()).isEmpty();
        }
    }

    @Test
    void partsAreYaml() throws IOException {
        for (String block : blocks()) {
            if (!block.startsWith("--set") && !block.startsWith("broken.yaml:")) {
                Problems problems = new Problems();
                YamlReader.read(block, "docs", problems);
                assertThat(problems.sorted()).isEmpty();
            }
        }
    }

    @Test
    void theBrokenPipelineIsRefusedInTheseWords() throws IOException {
        List<String> blocks = blocks();
        int broken = blocks.indexOf(blocks.stream()
                .filter(block -> block.startsWith("# refused"))
                .findFirst()
                .orElseThrow());

        assertThatThrownBy(() -> load("broken.yaml", blocks.get(broken)))
                .hasMessage(blocks.get(broken + 1).strip());
    }

    @Test
    void theSettingsOfTheCommandLineAreAccepted() throws IOException {
        String sets = blocks().stream()
                .filter(block -> block.startsWith("--set"))
                .findFirst()
                .orElseThrow();
        String pipeline = blocks().get(0);

        LoadedPipeline loaded = load(
                "p.yaml",
                pipeline,
                sets.lines().map(line -> line.substring("--set ".length())).toArray(String[]::new));

        assertThat(loaded.definition().run().workers()).isEqualTo(4);
    }

    @Test
    void theDefaultsOfRunAreTheRecords() throws IOException {
        String page = page();
        Matcher defaults =
                RUN_DEFAULT.matcher(page.substring(page.indexOf("### `run`"), page.indexOf("### `schedule`")));
        List<String> keys = new ArrayList<>();
        StringBuilder run = new StringBuilder("run:\n");
        while (defaults.find()) {
            keys.add(defaults.group(1));
            if (!List.of("parallelism", "rejects").contains(defaults.group(1))) {
                run.append("  ")
                        .append(defaults.group(1))
                        .append(": ")
                        .append(defaults.group(2))
                        .append('\n');
            }
        }
        RunSettings written =
                new Pipelines(folder).load(Pipelines.MINIMAL + run).definition().run();

        assertThat(keys)
                .containsExactly(
                        "engine", "parallelism", "batch_rows", "checkpoint", "max_error_rate", "retry", "rejects");
        assertThat(written)
                .isEqualTo(new Pipelines(folder)
                        .load(Pipelines.MINIMAL)
                        .definition()
                        .run());
    }

    private LoadedPipeline load(String name, String text, String... sets) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.writeString(folder.resolve("pg-password"), "secret\n");
        return PipelineFile.load(
                Path.of(name),
                List.of(sets),
                Optional.of(Pipelines.DAY),
                new Environment(Map.of("PGPASSWORD", "secret"), folder),
                DocumentedCatalog.catalog());
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(page()).results().map(block -> block.group(2)).toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/pipeline-file.md"));
    }
}
