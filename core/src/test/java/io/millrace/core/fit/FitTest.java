package io.millrace.core.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.NumberStatistics;
import io.millrace.core.learned.ValueStatistics;
import io.millrace.core.run.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitTest {
    private static final Schema COLUMNS = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("price", DataType.STRING),
            Field.of("category", DataType.STRING),
            Field.of("other", DataType.STRING));
    private static final String CLEAN = "- clean: {types: {price: float64}}\n";

    @TempDir
    Path folder;

    private FitWorkspace workspace;

    @BeforeEach
    void create() {
        workspace = new FitWorkspace(folder, COLUMNS);
    }

    private static Map<String, Object> row(long id, String price, String category) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("price", price);
        row.put("category", category);
        row.put("other", null);
        return row;
    }

    private static List<List<Map<String, Object>>> rows() {
        return List.of(
                List.of(row(1, "1.0", "a"), row(2, "2.0", "b"), row(3, null, "b")),
                List.of(row(4, "3.0", null), row(5, "6.0", "b"), row(6, "none", "c")));
    }

    /** So that one rejected row of few is not too many. */
    private static List<List<Map<String, Object>>> valid() {
        return List.of(rows().get(0), rows().get(1).subList(0, 2));
    }

    @Test
    void learnsFromWhatComesOutOfTheStepsBefore() {
        FitResult result = workspace.learn(CLEAN + "- normalize: {price: {z_score: {fit: state/price.json}}}", valid());
        assertThat(result.learned()).containsOnlyKeys("state/price.json");
        assertThat(result.extracted()).isEqualTo(5);
        FitFile file = workspace.file("state/price.json");
        assertThat(file.learned().numbers()).isEqualTo(Map.of("mean", 3.0, "stddev", Math.sqrt(3.5)));
        assertThat(file.columns()).containsExactly("price");
        NumberStatistics found = (NumberStatistics) file.statistics();
        assertThat(found.rows()).isEqualTo(5);
        assertThat(found.nulls()).isEqualTo(1);
        assertThat(file.provenance().extracted()).isEqualTo(5);
        assertThat(file.provenance().window()).isEqualTo("all");
        assertThat(file.provenance().version()).isEqualTo("test");
    }

    @Test
    void tooManyRejectedRowsTeachNothing() {
        Fit fit = workspace.fit(workspace.job(CLEAN + "- normalize: {price: {robust: {fit: p.json}}}", rows()));
        assertThatThrownBy(() -> fit.learn(false))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(ErrorKind.DATA))
                .hasMessage(
                        "nothing was learned: 1 of 6 rows were rejected, more than run.max_error_rate = 0.05 allows;"
                                + " 'millrace preview' shows why, and a run stores them");
        assertThat(folder.resolve("p.json")).doesNotExist();
    }

    @Test
    void learnsEveryKind() {
        workspace.learn(
                CLEAN
                        + """
                        - normalize: {price: {min_max: {fit: min_max.json}, as: p1}}
                        - normalize: {price: {robust: {fit: robust.json}, as: p2}}
                        - normalize: {price: {bucket: {count: 2, fit: bucket.json}, as: p3}}
                        - normalize: {price: {clip: {lower: 0, upper: 0.5, fit: clip.json}, as: p4}}
                        - normalize: {category: {index: {min_count: 2, fit: index.json}, as: c1}}
                        - normalize: {category: {one_hot: {fit: one_hot.json, columns: true}, as: c2}}
                        """,
                valid());
        assertThat(workspace.file("min_max.json").learned().numbers()).isEqualTo(Map.of("min", 1.0, "max", 6.0));
        assertThat(workspace.file("robust.json").learned().numbers())
                .isEqualTo(Map.of("median", 2.5, "iqr", 3.75 - 1.75));
        assertThat(workspace.file("bucket.json").learned().edges()).containsExactly(2.5);
        assertThat(workspace.file("clip.json").learned().numbers()).isEqualTo(Map.of("min", 1.0, "max", 2.5));
        FitFile index = workspace.file("index.json");
        assertThat(index.learned().vocabulary().orElseThrow().size()).isEqualTo(1);
        assertThat(((ValueStatistics) index.statistics()).outside()).isEqualTo(1);
        assertThat(workspace
                        .file("one_hot.json")
                        .learned()
                        .vocabulary()
                        .orElseThrow()
                        .text(0))
                .isEqualTo("b");
    }

    @Test
    void neighboursOnOtherColumnsAreLearnedInOneReading() {
        FitResult result = workspace.learn(
                CLEAN
                        + """
                        - normalize: {price: {z_score: {fit: a.json}}, other: {text: {}}}
                        - normalize: {category: {index: {fit: b.json}, as: place}}
                        """,
                valid());
        assertThat(result.passes()).isEqualTo(1);
        assertThat(result.learned()).containsOnlyKeys("a.json", "b.json");
    }

    @Test
    void aRuleBehindALearnedOneSeesItsResults() {
        FitResult result = workspace.learn(
                CLEAN
                        + """
                        - normalize: {price: {min_max: {fit: a.json}}}
                        - normalize: {price: {min_max: {fit: b.json, range: [-1, 1]}}}
                        - clean: {outliers: {price: {max: 0.5, action: clamp}}}
                        - normalize: {price: {min_max: {fit: c.json}}}
                        """,
                valid());
        assertThat(result.passes()).isEqualTo(3);
        assertThat(workspace.file("a.json").learned().numbers()).isEqualTo(Map.of("min", 1.0, "max", 6.0));
        assertThat(workspace.file("b.json").learned().numbers()).isEqualTo(Map.of("min", 0.0, "max", 1.0));
        assertThat(workspace.file("c.json").learned().numbers()).isEqualTo(Map.of("min", -1.0, "max", 0.5));
    }

    @Test
    void learnsBehindStepsThatCompareRows() {
        List<Map<String, Object>> first = List.of(row(1, "1", "a"), row(1, "5", "b"), row(2, "3", "c"));
        FitResult result = workspace.learn(
                CLEAN
                        + """
                        - deduplicate: {key: [id], keep: last, order_by: [price]}
                        - normalize: {price: {min_max: {fit: a.json}}}
                        """,
                List.of(first, List.of(row(2, "4", "d"))));
        assertThat(result.extracted()).isEqualTo(4);
        assertThat(workspace.file("a.json").learned().numbers()).isEqualTo(Map.of("min", 4.0, "max", 5.0));
        assertThat(workspace.file("a.json").statistics().rows()).isEqualTo(2);
    }

    @Test
    void splitsAndOrderMakeNoDifference() {
        for (long seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List<Map<String, Object>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                all.add(row(i, "" + random.nextGaussian() * 1e9, "c" + random.nextInt(30)));
            }
            String steps = CLEAN + "- normalize: {price: {z_score: {fit: p.json}}, category: {index: {fit: c.json}}}";
            Fit whole = workspace.fit(workspace.job(steps, List.of(all)));
            Map<String, FitFile> expected = whole.learn(true).learned();
            Collections.shuffle(all, random);
            Fit parts = workspace.fit(
                    workspace.job(steps, List.of(all.subList(0, 50), all.subList(50, 51), all.subList(51, 300))));
            Map<String, FitFile> actual = parts.learn(true).learned();
            assertThat(actual.get("p.json").learned())
                    .as("seed %d", seed)
                    .isEqualTo(expected.get("p.json").learned());
            for (String path : expected.keySet()) {
                assertThat(actual.get(path).statistics())
                        .as("seed %d", seed)
                        .isEqualTo(expected.get(path).statistics());
            }
        }
    }

    @Test
    void whatAFailedAttemptHasSeenDoesNotCount() {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            many.add(row(i, "" + i, "a"));
        }
        Job job = workspace.job(
                CLEAN + "- normalize: {price: {z_score: {fit: p.json}}}", List.of(many, many.subList(0, 5)));
        Job flaky = new Job(
                job.pipeline(),
                job.file(),
                job.overrides(),
                () -> new FlakySource(job.source().get()),
                job.steps(),
                job.target(),
                job.options(),
                job.definition());
        workspace.fit(flaky).learn(false);
        FitFile file = workspace.file("p.json");
        assertThat(file.statistics().rows()).isEqualTo(15);
        assertThat(file.learned().numbers().get("mean")).isEqualTo(55.0 / 15);
    }

    @Test
    void columnsThatShareAFileAreLearnedTogether() {
        Map<String, Object> row = row(1, null, "a");
        row.put("other", "b");
        Map<String, Object> second = row(2, null, "b");
        workspace.learn(
                "- normalize: {category: {index: {fit: v.json}}, other: {index: {fit: v.json, unknown: 0}}}",
                List.of(List.of(row, second)));
        FitFile file = workspace.file("v.json");
        assertThat(file.columns()).containsExactly("category", "other");
        assertThat(file.learned().vocabulary().orElseThrow().text(0)).isEqualTo("b");
        assertThat(file.statistics().nulls()).isEqualTo(1);
    }

    @Test
    void whatCannotBeSharedIsRefused() {
        assertThatThrownBy(() -> workspace.learn(
                        "- normalize: {category: {index: {fit: v.json}}, other: {one_hot: {fit: v.json}}}", valid()))
                .hasMessageContaining(
                        "the columns 'category' and 'other' share the fit file v.json but want to learn different things;"
                                + " give each its own");
        assertThatThrownBy(() -> workspace.learn(
                        "- normalize: {category: {index: {fit: v.json}}, id: {index: {fit: v.json}}}", valid()))
                .hasMessageContaining(
                        "the columns 'category' (string) and 'id' (int64) cannot share the fit file v.json");
        assertThatThrownBy(() -> workspace.learn(
                        """
                        - normalize: {category: {index: {fit: v.json}}}
                        - clean: {}
                        - normalize: {other: {index: {fit: v.json}}}
                        """,
                        valid()))
                .hasMessageContaining("cannot be learned in one reading of the source");
        assertThat(folder.resolve("v.json")).doesNotExist();
    }

    @Test
    void filesThatExistAreKeptUnlessAskedOtherwise() throws IOException {
        String steps = CLEAN + "- normalize: {price: {min_max: {fit: p.json}}}";
        workspace.learn(steps, valid());
        byte[] before = Files.readAllBytes(folder.resolve("p.json"));
        List<List<Map<String, Object>>> other = List.of(List.of(row(1, "100", "a"), row(2, "200", "a")));
        FitResult kept = workspace.learn(steps, other);
        assertThat(kept.passes()).isZero();
        assertThat(kept.kept()).containsOnlyKeys("p.json");
        assertThat(folder.resolve("p.json")).hasBinaryContent(before);
        workspace.fit(workspace.job(steps, other)).learn(true);
        assertThat(workspace.file("p.json").learned().numbers()).isEqualTo(Map.of("min", 100.0, "max", 200.0));
    }

    @Test
    void aFileLearnedForSomethingElseIsRefused() {
        workspace.learn(CLEAN + "- normalize: {price: {bucket: {count: 2, fit: p.json}}}", valid());
        Job other = workspace.job(CLEAN + "- normalize: {price: {bucket: {count: 3, fit: p.json}}}", valid());
        assertThatThrownBy(() -> FitFiles.require(other))
                .hasMessageMatching(
                        "features.yaml:\\d+:\\d+: normalize, column 'price': the fit file p.json was learned with"
                                + " \\{count=2}, and the pipeline says \\{count=3}; learn it again:"
                                + "  millrace fit features.yaml --refit");
        assertThatThrownBy(() -> workspace.fit(other).learn(false))
                .hasMessageContaining("add --refit to learn it again");
        Job kind = workspace.job(CLEAN + "- normalize: {price: {min_max: {fit: p.json}}}", valid());
        assertThatThrownBy(() -> FitFiles.require(kind))
                .hasMessageContaining("was learned for bucket, not for min_max");
    }

    @Test
    void aMissingFileIsNamedWithTheCommandThatMakesIt() {
        Job job = workspace.job(CLEAN + "- normalize: {price: {min_max: {fit: state/p.json}}}", valid());
        assertThatThrownBy(() -> FitFiles.require(job))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageMatching(
                        "features.yaml:\\d+:\\d+: normalize, column 'price': there is no fit file state/p.json;"
                                + " learn it first:  millrace fit features.yaml");
        assertThatThrownBy(() -> workspace.fit(job).compare())
                .hasMessageContaining("there is no fit file state/p.json");
    }

    @Test
    void nothingToLearnIsSaid() {
        assertThatThrownBy(() -> workspace.learn("- normalize: {category: {text: {}}}", valid()))
                .hasMessageStartingWith("no rule of a normalize step has a fit file, so there is nothing to learn");
        assertThatThrownBy(() -> workspace.learn(
                        CLEAN + "- normalize: {price: {z_score: {fit: p.json}}}", List.of(List.of(row(1, null, "a")))))
                .hasMessage("column 'price': there is no finite value to learn from");
        assertThatThrownBy(() -> workspace.learn("- normalize: {category: {z_score: {fit: p.json}}}", valid()))
                .hasMessageMatching(
                        "features.yaml:\\d+:\\d+: step 'normalize': normalize, column 'category': z_score is for"
                                + " numbers, not for string; .*");
        assertThat(folder.resolve("p.json")).doesNotExist();
    }

    @Test
    void theContentOfAFitFileIsPartOfTheDefinition() throws IOException {
        String steps = CLEAN + "- normalize: {price: {min_max: {fit: p.json}}}";
        Job without = workspace.job(steps, valid());
        workspace.learn(steps, valid());
        Job with = workspace.job(steps, valid());
        assertThat(without.definition().difference(with.definition()))
                .singleElement()
                .asString()
                .matches("transform, file p.json: no such file → [0-9a-f]{64}");
        assertThat(workspace.job(steps, valid()).definition()).isEqualTo(with.definition());
        Files.delete(folder.resolve("p.json"));
        workspace.learn(steps, List.of(List.of(row(1, "9", "a"), row(2, "10", "a"))));
        assertThat(workspace.job(steps, valid()).definition()).isNotEqualTo(with.definition());
    }

    @Test
    void sameDataHasNotDrifted() {
        String steps = CLEAN + "- normalize: {price: {z_score: {fit: p.json}}, category: {index: {fit: c.json}}}";
        workspace.learn(steps, valid());
        DriftReport report = workspace.fit(workspace.job(steps, valid())).compare();
        assertThat(report.drifts()).hasSize(2).allSatisfy(drift -> {
            assertThat(drift.index()).isZero();
            assertThat(drift.nullRateNow()).isEqualTo(drift.nullRateBefore());
        });
        assertThat(report.above(0)).isEmpty();
    }

    @Test
    void driftIsMeasuredForNumbersAndForValues() {
        String steps = CLEAN
                + """
                - normalize: {price: {z_score: {fit: p.json}}}
                - clean: {}
                - normalize: {category: {index: {fit: c.json}}}
                """;
        workspace.learn(steps, valid());
        List<Map<String, Object>> today =
                List.of(row(1, null, "new"), row(2, null, "new"), row(3, "7.0", "b"), row(4, "7.0", "newer"));
        DriftReport report = workspace.fit(workspace.job(steps, List.of(today))).compare();
        assertThat(report.extracted()).isEqualTo(4);
        Drift category = report.drifts().get(0);
        assertThat(category.newValues().orElseThrow())
                .isEqualTo(new Drift.NewValues(2, 0, 0.75, List.of("new", "newer")));
        assertThat(category.meanShift()).isEmpty();
        Drift price = report.drifts().get(1);
        assertThat(price.nullRateBefore()).isEqualTo(0.2);
        assertThat(price.nullRateNow()).isEqualTo(0.5);
        assertThat(price.meanShift()).contains((7 - 3) / Math.sqrt(3.5));
        assertThat(report.above(0.2)).containsExactly(category, price);
    }

    @Test
    void theIndexIsThatOfItsDefinition() {
        double expected = (0.5 - 0.25) * Math.log(0.5 / 0.25) + (0.5 - 0.75) * Math.log(0.5 / 0.75);
        assertThat(StabilityIndex.of(new long[] {1, 3}, new long[] {10, 10})).isCloseTo(expected, within());
        assertThat(StabilityIndex.of(new long[] {1, 3, 0}, new long[] {100, 300, 0}))
                .isZero();
        assertThat(StabilityIndex.of(new long[] {1, 0}, new long[] {0, 1}))
                .isCloseTo(2 * (1 - 1e-4) * Math.log(1e4), within());
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }
}
