package io.millrace.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoldenFileTest {
    private static final String CASE =
            """
            - name: shown
              columns: {n: int64, t: timestamp, s: string}
              splits: [[{n: 9007199254740993, s: no}], [{s: "null", t: 2024-01-01T00:00:00Z}, {s: null}]]
              steps:
                - trim: {of: ["012", 012, ~]}
                - look: {}
              expect:
                rows: [{n: 012, s: 012}]
                rejects: [{rows: [0, 2], step: look, reason: odd}]
                filtered: 1
            """;

    private static GoldenCase read(String text) {
        return GoldenFile.read("file.yaml", text).get(0);
    }

    @Test
    void valuesAreWhatTheirColumnsSay() {
        GoldenCase golden = read(CASE);
        assertThat(golden.splits().get(0).get(0)).containsEntry("n", 9_007_199_254_740_993L);
        assertThat(golden.splits().get(0).get(0)).containsEntry("s", "no").containsEntry("t", null);
        assertThat(golden.splits().get(1).get(0)).containsEntry("s", "null");
        assertThat(golden.splits().get(1).get(0)).containsEntry("t", Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(golden.splits().get(1).get(1)).containsEntry("s", null);
        assertThat(golden.expect().rows(golden.columns()).get(0))
                .containsEntry("n", 12L)
                .containsEntry("s", "012");
    }

    @Test
    void stepsKeepTheirQuotes() {
        assertThat(read(CASE).steps().strip()).isEqualTo("- trim: {of: [\"012\", 012, ~]}\n- look: {}");
    }

    @Test
    void rowsAreNumberedSplitAfterSplit() {
        assertThat(read(CASE).rowNumber(1, 1)).isEqualTo(2);
        assertThat(read(CASE).expect().rejects())
                .containsExactly(new GoldenReject(0, "look", null, "odd"), new GoldenReject(2, "look", null, "odd"));
    }

    @Test
    void whatIsWrongIsToldWithItsCase() {
        Map<String, String> wrong = Map.of(
                CASE.replace("filtered", "filterd"), "unknown key 'filterd' (line 10)",
                CASE.replace("step: look, ", ""), "must name its step",
                CASE.replace("{s: null}", "{x: null}"), "there is no column 'x'",
                CASE.replace("name: shown", "columns: {}"), "occurs twice",
                CASE.replace("int64", "int46"), "there is no type 'int46'");
        wrong.forEach((text, message) -> assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith("file.yaml, case (line 1)")
                .hasMessageContaining(message));
    }

    @Test
    void casesAreFoundOnTheClassPath() {
        List<GoldenCase> cases = GoldenCases.all();
        assertThat(cases).extracting(GoldenCase::file).contains("clean/numbers.yaml", "deduplicate/any.yaml");
        assertThat(cases).extracting(GoldenCase::toString).doesNotHaveDuplicates();
    }
}
