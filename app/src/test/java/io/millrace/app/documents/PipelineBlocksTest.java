package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
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
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern FILE = Pattern.compile("\\$\\{file:[^}]+}");
    private static final Optional<TimeWindow> WINDOW =
            TimeWindow.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

    @TempDir
    Path folder;

    @Test
    void everyPipelineOfThePagesIsValid() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (FencedBlock block : FencedBlock.everywhere()) {
            if (isPipeline(block)) {
                checked++;
                check(block.toString(), block.text(), wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(3);
    }

    @Test
    void everyExampleIsValid() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Path> examples =
                Documents.files(file -> file.startsWith(Documents.root().resolve("examples"))
                        && file.toString().endsWith(".yaml"));
        for (Path example : examples) {
            check(example.toString(), Documents.read(example), wrong);
        }
        assertThat(wrong).isEmpty();
        assertThat(examples).isNotEmpty();
    }

    private static boolean isPipeline(FencedBlock block) {
        return block.language().equals("yaml")
                && block.lines().stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .findFirst()
                        .filter(line -> line.startsWith("pipeline:"))
                        .isPresent();
    }

    private void check(String place, String text, List<String> wrong) throws IOException {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(file, FILE.matcher(text).replaceAll(Matcher.quoteReplacement("${file:secret}")));
        try {
            PipelineFile.load(file, List.of(), WINDOW, new Environment(variables(text), folder), Catalog.load());
        } catch (MillraceException invalid) {
            wrong.add(place + ":\n" + invalid.getMessage());
        }
    }

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
