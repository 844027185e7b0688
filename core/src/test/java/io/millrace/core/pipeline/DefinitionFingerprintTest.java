package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionFingerprintTest {
    private static final String BASE =
            """
            pipeline: p
            extract:
              database:
                url: u
                table: t
                columns: [a, b]
                fetch_rows: 500
                password: ${env:PASSWORD}
            transform:
              - scrub: {defaults: {rating: 0, code: "0"}, outliers: {rating: {min: 0.5}}}
              - deduplicate: {key: [a]}
            load:
              lake: {path: out, file_size: 64MB}
            """;

    @TempDir
    Path folder;

    @Test
    void doesNotChangeWithOrderCommentsQuotesOrDefaults() {
        String same =
                """
                load: {lake: {file_size: "65536 KB", 'path': 'out', mode: append}}   # a comment
                schedule: {cron: "* * * * *"}
                description: another
                run: {parallelism: 7}
                transform:
                - "scrub":
                    outliers: {rating: {action: reject, min: 0.50}}
                    strings: {trim: true}
                    types: {}
                    defaults:
                      code: '0'
                      rating: 0
                - deduplicate:
                    key:
                    - "a"
                extract:
                  database:
                    password: ${env:PASSWORD}
                    columns:
                      - a
                      - 'b'
                    fetch_rows: 500
                    timeout: 30000ms
                    table: "t"
                    url: |-
                      u
                pipeline: p
                """;

        assertThat(fingerprint(BASE).difference(fingerprint(same))).isEmpty();
        assertThat(fingerprint(same)).isEqualTo(fingerprint(BASE)).hasSameHashCodeAs(fingerprint(BASE));
        assertThat(fingerprint(same).hash()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "columns: [a, b]|columns: [b, a]",
                "columns: [a, b]|columns: [a, b, c]",
                "columns: [a, b]|columns: [\"a, b\"]",
                "table: t|table: s",
                "fetch_rows: 500|fetch_rows: 501",
                "    fetch_rows: 500\n|",
                "    password: ${env:PASSWORD}\n|",
                "rating: 0,|rating: \"0\",",
                "min: 0.5|max: 0.5",
                "  - deduplicate: {key: [a]}\n|",
                "  - deduplicate: {key: [a]}\n|  - deduplicate: {key: [a]}\n  - scrub: {}\n",
                "lake: {path: out, file_size: 64MB}|database: {table: out}",
            })
    void changesWithWhatTouchesRows(String edit) {
        String[] parts = edit.split("\\|", -1);
        assertThat(BASE).contains(parts[0]);
        DefinitionFingerprint changed = fingerprint(BASE.replace(parts[0], parts[1]));

        assertThat(changed).isNotEqualTo(fingerprint(BASE));
        assertThat(fingerprint(BASE).difference(changed)).isNotEmpty();
    }

    @Test
    void tellsPeopleWhatDiffers() {
        String other = BASE.replace("columns: [a, b]", "columns: [a, c]")
                .replace("    fetch_rows: 500\n", "")
                .replace("path: out", "path: out, partition_by: [d]");

        assertThat(fingerprint(BASE).difference(fingerprint(other)))
                .containsExactly(
                        "extract.database.columns: [a, b] → [a, c]",
                        "extract.database.fetch_rows: removed, was 500",
                        "load.lake.partition_by: added, [d]");
    }

    @Test
    void isTheSameForEveryWindowAndPassword() {
        String windowed = BASE.replace("url: u", "url: x/${window.start:yyyy}/${env:HOST}");
        DefinitionFingerprint one = load(windowed, Map.of("PASSWORD", "one", "HOST", "h"), Pipelines.DAY);
        DefinitionFingerprint two = load(
                windowed,
                Map.of("PASSWORD", "two", "HOST", "h"),
                new TimeWindow(Optional.of(Instant.parse("2020-01-01T00:00:00Z")), Optional.empty()));
        DefinitionFingerprint otherHost = load(windowed, Map.of("PASSWORD", "one", "HOST", "i"), Pipelines.DAY);

        assertThat(one).isEqualTo(two);
        assertThat(one.difference(otherHost))
                .containsExactly("extract.database.url: x/${window.start:yyyy}/${env:HOST}: has another value");
    }

    @Test
    void countsWhatTheCommandLineSets() {
        assertThat(fingerprint(BASE, "extract.database.table=s")).isNotEqualTo(fingerprint(BASE));
        assertThat(fingerprint(BASE, "run.parallelism=3")).isEqualTo(fingerprint(BASE));
    }

    @Test
    void isReadBackFromItsText() {
        DefinitionFingerprint stored =
                DefinitionFingerprint.parse(fingerprint(BASE).toJson());

        assertThat(stored).isEqualTo(fingerprint(BASE));
        assertThat(stored.toJson()).isEqualTo(fingerprint(BASE).toJson());
        assertThat(stored.difference(fingerprint(BASE))).isEqualTo(List.of());
    }

    @Test
    void refusesATextOfAnotherVersion() {
        assertThatThrownBy(() -> DefinitionFingerprint.parse("{\"version\":9}"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("unknown version 9");
    }

    private DefinitionFingerprint fingerprint(String text, String... sets) {
        return new Pipelines(folder, Map.of("PASSWORD", "one"), Optional.empty())
                .load(text, sets)
                .definition()
                .fingerprint();
    }

    private DefinitionFingerprint load(String text, Map<String, String> variables, TimeWindow window) {
        return new Pipelines(folder, variables, Optional.of(window))
                .load(text)
                .definition()
                .fingerprint();
    }
}
