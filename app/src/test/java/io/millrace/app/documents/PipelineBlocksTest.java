package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.features.FeaturesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineBlocksTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern FILE = Pattern.compile("\\$\\{file:[^}]+}");
    private static final Optional<TimeWindow> WINDOW =
            TimeWindow.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void everyPipelineOfThePagesIsValid() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (FencedBlock block : pipelines()) {
            if (!isRefused(block)) {
                checked++;
                problem(block.text()).ifPresent(problem -> wrong.add(block + ":\n" + problem));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(3);
    }

    @Test
    void whatThePagesCallRefusedIsRefused() throws IOException {
        List<String> accepted = new ArrayList<>();
        for (FencedBlock block : pipelines()) {
            if (isRefused(block) && problem(block.text()).isEmpty()) {
                accepted.add(block.toString());
            }
        }
        assertThat(accepted).isEmpty();
    }

    @Test
    void everyExampleIsValid() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Path> examples =
                Documents.files(file -> file.startsWith(Documents.root().resolve("examples"))
                        // Needs its plugin, with which ExamplePluginTest runs it.
                        && !file.startsWith(Documents.root().resolve("examples/plugin"))
                        // Needs the plugin and fit files: UserDaysTest.
                        && !file.endsWith("user-days.yaml")
                        && file.toString().endsWith(".yaml"));
        for (Path example : examples) {
            problem(Documents.read(example)).ifPresent(problem -> wrong.add(example + ":\n" + problem));
        }
        assertThat(wrong).isEmpty();
        assertThat(examples).isNotEmpty();
    }

    private static List<FencedBlock> pipelines() {
        return FencedBlock.everywhere().stream()
                .filter(block -> block.language().equals("yaml") && (isPipeline(block) || isRefused(block)))
                .toList();
    }

    private static boolean isPipeline(FencedBlock block) {
        return block.lines().stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> line.startsWith("pipeline:") || line.startsWith("features:"))
                .isPresent();
    }

    /** Wrong on purpose, to show what is said about it. */
    private static boolean isRefused(FencedBlock block) {
        return block.lines().get(0).equals("# refused");
    }

    private Optional<String> problem(String text) throws IOException {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(file, FILE.matcher(text).replaceAll(Matcher.quoteReplacement("${file:secret}")));
        Environment environment = new Environment(variables(text), folder);
        try {
            if (FeaturesFile.is(file, environment)) {
                FeaturesFile.load(file, List.of(), WINDOW, environment, Catalog.load());
            } else {
                PipelineFile.load(file, List.of(), WINDOW, environment, Catalog.load());
            }
            return Optional.empty();
        } catch (MillraceException invalid) {
            return Optional.of(invalid.getMessage());
        }
    }

    /** Of what has no default. */
    private static Map<String, String> variables(String text) {
        Map<String, String> variables = new HashMap<>();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(1);
            variables.put(name, name.endsWith("URL") ? "postgresql://localhost:5432/shop" : "something");
        }
        return variables;
    }
}
