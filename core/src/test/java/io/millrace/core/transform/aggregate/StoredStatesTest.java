package io.millrace.core.transform.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.core.measure.Measure;
import io.millrace.core.measure.PartialRowBytes;
import io.millrace.testkit.transform.RecordedRejects;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * States that earlier versions have written are read, merged with new ones, and give the same results. A line of
 * measure-states/*.txt holds a measure, its state over the first rows, and the result over all rows. A new version of a state
 * gets a file of its own, written with {@code -Dmillrace.states.update=FILE}; old files are never edited.
 */
class StoredStatesTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("i", DataType.INT32),
            Field.of("l", DataType.INT64),
            Field.of("d", DataType.FLOAT64),
            Field.of("m", DataType.decimal(30, 4)),
            Field.of("s", DataType.STRING),
            Field.of("b", DataType.BOOLEAN),
            Field.of("day", DataType.DATE),
            Field.of("ts", DataType.TIMESTAMP),
            Field.of("tags", DataType.list(DataType.STRING)));
    private static final int FIRST = 7;

    private static final List<String> MEASURES = List.of(
            "count(*)",
            "count(s)",
            "count(*) FILTER (WHERE b)",
            "count(DISTINCT l)",
            "count(DISTINCT s)",
            "approx_count_distinct(s)",
            "sum(i)",
            "sum(l)",
            "sum(d)",
            "sum(m)",
            "avg(d)",
            "avg(m)",
            "min(d)",
            "min(s)",
            "max(day)",
            "max(m)",
            "max(tags)",
            "variance(d)",
            "var_pop(l)",
            "stddev(m)",
            "first(s)",
            "last(tags)",
            "last(l, 3)",
            "top(s, 2)",
            "top(l, 2)",
            "collect_set(s)",
            "collect_set(day)",
            "collect_set(s, 2)",
            "collect_list(d)",
            "approx_quantile(d, 0.5)",
            "approx_quantile(i, 0.9)",
            "sum(l) / count(*)");

    private static List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        double[] doubles = {0.1, 1e300, -2.5, 1e-200, 0.0001, 19.99, -0.0, 7.0, 3.25, -1e300, 1e17, 0.3};
        for (int n = 0; n < 12; n++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("i", n % 5 - 2);
            row.put("l", n == 3 ? Long.MAX_VALUE : n == 9 ? -Long.MAX_VALUE : n % 4 * 10L);
            row.put("d", doubles[n]);
            row.put("m", new BigDecimal(n == 2 ? "12345678901234567890123456.7891" : n + ".2500").setScale(4));
            row.put("s", n == 5 ? null : "é\u0000x".substring(0, n % 4) + n % 3);
            row.put("b", n % 3 == 0 ? null : (Object) (n % 2 == 0));
            row.put("day", LocalDate.of(2026, 1, 1 + n % 6));
            row.put("ts", n == 1 ? null : Instant.parse("2026-01-01T00:00:00Z").plusSeconds(n * 7 % 11));
            row.put("tags", n % 4 == 1 ? List.of() : List.of("t" + n % 3, "u"));
            rows.add(row);
        }
        return rows;
    }

    private static BoundAggregate step(String measure) {
        return BoundAggregate.of(
                new Aggregate(
                        List.of("b"),
                        Map.of("result", Measure.parse(measure)),
                        Optional.empty(),
                        Optional.of("ts"),
                        List.of("i")),
                SCHEMA);
    }

    private static List<Batch> lifted(BoundAggregate step, List<Map<String, Object>> rows) {
        List<Batch> partials = new ArrayList<>();
        Lift lift = step.lift();
        lift.add(Batch.ofRecords(SCHEMA, rows), partials::add, new RecordedRejects());
        lift.flush(partials::add);
        return partials;
    }

    /** The states of all groups over the first rows, in hexadecimal digits. */
    private static String states(BoundAggregate step) {
        PartialRowBytes bytes = new PartialRowBytes(step.partial());
        List<String> states = new ArrayList<>();
        for (Batch partials : lifted(step, rows().subList(0, FIRST))) {
            for (int row = 0; row < partials.rowCount(); row++) {
                states.add(HexFormat.of().formatHex(bytes.write(partials, row)));
            }
        }
        return String.join(",", states);
    }

    private static String result(BoundAggregate step, String states) {
        List<byte[]> bytes = new ArrayList<>();
        for (String state : states.split(",")) {
            bytes.add(HexFormat.of().parseHex(state));
        }
        Fold fold = step.fold(AggregateRuns.PLENTY);
        lifted(step, rows().subList(FIRST, rows().size())).forEach(fold::add);
        fold.add(new PartialRowBytes(step.partial()).read(bytes));
        return AggregateRuns.finish(fold, 100, new RecordedRejects()).stream()
                .map(record -> NaiveValues.comparable(record).toString().replace("\u0000", "\\0"))
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void statesOfEveryVersionAreReadAndMerged() throws IOException, URISyntaxException {
        String update = System.getProperty("millrace.states.update");
        if (update != null) {
            List<String> lines = new ArrayList<>();
            for (String measure : MEASURES) {
                String states = states(step(measure));
                lines.add(String.join("\t", measure, states, result(step(measure), states)));
            }
            Files.write(Path.of(update), lines);
        }
        Path folder =
                Path.of(StoredStatesTest.class.getResource("/measure-states").toURI());
        int checked = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split("\t");
                    assertThat(result(step(parts[0]), parts[1]))
                            .as("%s: %s", file.getFileName(), parts[0])
                            .isEqualTo(parts[2]);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(MEASURES.size());
    }

    @Test
    void theResultIsThatOfAllRows() {
        for (String measure : MEASURES) {
            BoundAggregate step = step(measure);
            List<Map<String, Object>> whole =
                    AggregateRuns.whole(step, List.of(Batch.ofRecords(SCHEMA, rows())), new RecordedRejects());
            assertThat(result(step, states(step)))
                    .as(measure)
                    .isEqualTo(whole.stream()
                            .map(record ->
                                    NaiveValues.comparable(record).toString().replace("\u0000", "\\0"))
                            .sorted()
                            .toList()
                            .toString());
        }
    }

    @Test
    void aStateOfOtherMeasuresIsRefused() {
        byte[] state = HexFormat.of().parseHex(states(step("sum(l)")).split(",")[0]);
        assertThatThrownBy(() -> new PartialRowBytes(step("count(*)").partial()).read(List.of(state)))
                .hasMessageContaining("was written for other measures, or by another version");
        state[0] = 2;
        assertThatThrownBy(() -> new PartialRowBytes(step("sum(l)").partial()).read(List.of(state)))
                .hasMessageContaining("was written for other measures, or by another version");
    }
}
