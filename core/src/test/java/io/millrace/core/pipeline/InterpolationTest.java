package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    @TempDir
    Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void writeFiles() throws IOException {
        pipelines = new Pipelines(
                folder,
                Map.of("HOST", "h", "EMPTY", "", "ROWS", "77", "TRICK", "${env:HOST} $${ ${file:secret}"),
                Optional.of(Pipelines.DAY));
        Files.writeString(folder.resolve("secret"), "in file\n");
        Files.writeString(folder.resolve("windows"), "two\nlines\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${env:HOST}|h",
                "a${env:HOST}b${env:HOST}c|ahbhc",
                "${env:NONE:-d}|d",
                "${env:EMPTY:-d}|d",
                "x${env:EMPTY}|x",
                "x${env:NONE:-}|x",
                "${env:HOST:-d}|h",
                "${file:secret}|in file",
                "${window.start}|2024-01-01T00:00:00Z",
                "${window.end:yyyy-MM-dd}|2024-01-02",
                "dt=${window.start:yyyyMMdd}/h=${window.start:HH}|dt=20240101/h=00",
                "$${env:HOST}|${env:HOST}",
                "$${env:HOST}${env:HOST}|${env:HOST}h",
                "costs $5 and $|costs $5 and $",
                "${env:TRICK}|${env:HOST} $${ ${file:secret}",
            })
    void fillsInWhatAReferenceStandsFor(String written, String expected) {
        assertThat(pipelines.source("{url: '" + written + "', table: t}").url()).isEqualTo(expected);
    }

    @Test
    void keepsAllButTheLastLineEndOfAFile() {
        assertThat(pipelines.source("{url: '${file:windows}', table: t}").url()).isEqualTo("two\nlines");
    }

    @Test
    void takesAReferenceForANumberQuotedOrNot() {
        assertThat(pipelines
                        .source("{url: u, table: t, fetch_rows: '${env:ROWS}'}")
                        .fetchRows())
                .isEqualTo(77);
        assertThat(pipelines
                        .source("{url: u, table: t, fetch_rows: \"1${env:ROWS}\"}")
                        .fetchRows())
                .isEqualTo(177);
    }

    @Test
    void leavesKeysAlone() {
        assertThatThrownBy(() -> pipelines.source("{url: u, table: t, \"${env:HOST}\": 1}"))
                .hasMessageContaining("${env:HOST}: unknown key");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Files.writeString(folder.resolve("large"), "x".repeat(65 * 1024));

        assertThatThrownBy(() -> pipelines.source("{url: '${file:large}', table: t}"))
                .hasMessageContaining(
                        "p.yaml:4:11: extract.database.url: the file of ${file:large} is larger than 64 KB");
    }

    @Test
    void refusesADatePatternThatIsNone() {
        assertThatThrownBy(() -> pipelines.source("{url: '${window.start:yyyy-bb}', table: t}"))
                .hasMessageContaining("'yyyy-bb' in ${window.start:…} is not a date pattern");
    }
}
