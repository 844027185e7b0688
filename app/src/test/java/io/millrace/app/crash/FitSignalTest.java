package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.crash.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code millrace fit} that is told to stop in the middle. */
class FitSignalTest {
    private static final int FILES = 80;
    private static final int ROWS = 40_000;

    @TempDir
    Path folder;

    @BeforeEach
    void create() throws IOException {
        Files.writeString(
                folder.resolve("features.yaml"),
                """
                pipeline: features
                extract:
                  files: {path: raw, format: csv, schema: {id: int64, price: float64}}
                transform:
                  - normalize: {price: {z_score: {fit: state/price.json}}}
                load:
                  parquet: {path: lake}
                run: {parallelism: 1}
                """);
        Files.createDirectories(folder.resolve("raw"));
        Files.createDirectories(folder.resolve("tmp"));
        StringBuilder text = new StringBuilder("id,price\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row).append(',').append(row % 977).append(".25\n");
        }
        for (int file = 0; file < FILES; file++) {
            Files.writeString(folder.resolve("raw/" + file + ".csv"), text);
        }
    }

    private ChildJvm fit(String... options) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .withOptions("-Djava.io.tmpdir=" + folder.resolve("tmp"))
                .in(folder)
                .withArguments(Stream.concat(Stream.of("fit", "features.yaml", "--log", "json"), Stream.of(options))
                        .toArray(String[]::new))
                .under(List.of("env", "--default-signal"));
    }

    private static ChildExit interrupted(ChildJvm fit, String signal) {
        try (ChildProcess running = fit.start()) {
            assertThat(running.awaitErrorText("\"event\":\"split_started\"", Workspace.PATIENCE))
                    .isTrue();
            running.signal(signal);
            return running.await(Workspace.PATIENCE);
        }
    }

    private List<String> below(String name) throws IOException {
        Path start = folder.resolve(name);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> start.relativize(file).toString())
                    // The JVM's own, of a process that is measured from outside.
                    .filter(file -> !file.startsWith("hsperfdata"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void writesNoFitFileAndLeavesNothingBehind(String signal, int exitCode) throws IOException {
        ChildExit stopped = interrupted(fit(), signal);
        assertThat(stopped.code()).as("%s", stopped).isEqualTo(exitCode);
        assertThat(stopped.errors()).contains("stopping at the next batch", "no fit file was written");
        assertThat(below("state")).isEmpty();
        assertThat(below("tmp")).isEmpty();
        assertThat(folder.resolve("lake")).doesNotExist();
    }

    @Test
    void leavesTheFilesThatItWouldReplaceAsTheyWere() throws IOException {
        ChildExit learned = fit().run(Workspace.PATIENCE);
        assertThat(learned.code()).as("%s", learned).isZero();
        byte[] before = Files.readAllBytes(folder.resolve("state/price.json"));
        ChildExit stopped = interrupted(fit("--refit"), "INT");
        assertThat(stopped.code()).as("%s", stopped).isEqualTo(130);
        assertThat(Files.readAllBytes(folder.resolve("state/price.json"))).isEqualTo(before);
        assertThat(below("state")).containsExactly("price.json");
    }
}
