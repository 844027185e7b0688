package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ExtractRequest;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's Delta sees in our tables what we see, and we see what it leaves. */
class SparkTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("small", DataType.INT32),
            Field.of("flag", DataType.BOOLEAN),
            Field.of("score", DataType.FLOAT64),
            Field.of("price", DataType.decimal(12, 2)),
            Field.of("wide", DataType.decimal(38, 10)),
            Field.of("name", DataType.STRING),
            Field.of("doc", DataType.JSON),
            Field.of("day", DataType.DATE),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("tags", DataType.list(DataType.STRING)),
            Field.of("p", DataType.STRING));

    @TempDir
    Path folder;

    private Spark spark;

    @BeforeEach
    void findSpark() throws Exception {
        Optional<Spark> found = Spark.find();
        Assumptions.assumeTrue(found.isPresent(), "no Spark here");
        spark = found.get();
    }

    private Path lake() {
        return folder.resolve("lake");
    }

    private static Map<String, Object> row(long id, String p) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("small", id % 5 == 0 ? null : (int) -id);
        row.put("flag", id % 2 == 0);
        row.put("score", id / 7.0);
        row.put("price", BigDecimal.valueOf(id * 101, 2));
        row.put("wide", new BigDecimal("1234567890123456789012345678.0123456789").subtract(BigDecimal.valueOf(id)));
        row.put("name", id % 3 == 0 ? null : "näme " + id + " 日本😀");
        row.put("doc", "{\"n\":" + id + "}");
        row.put("day", LocalDate.of(2024, 2, 28).plusDays(id % 4));
        row.put("at", Instant.ofEpochSecond(1_700_000_000L + id, 123_456_000));
        row.put("tags", id % 4 == 0 ? null : List.of("a", "t" + id));
        row.put("p", p);
        return row;
    }

    private static Batch rows(String p, long... ids) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id : ids) {
            rows.add(row(id, p));
        }
        return Batch.ofRecords(SCHEMA, rows);
    }

    private void load(LoadMode mode, String run, Batch... batches) {
        TestTables.load(TestTables.loader(lake(), mode, "p"), run, batches);
    }

    /** Each row as one text, in an order; columns that differ in their texts alone are made alike. */
    private List<String> ours() {
        try (DeltaExtractor extractor = TestTables.extractor(lake(), TestSettings.source("128MB"))) {
            return Reading.rows(extractor, Reading.splits(extractor.plan(ExtractRequest.everything(100)))).stream()
                    .map(row -> {
                        Map<String, String> texts = new TreeMap<>();
                        row.forEach((name, value) -> texts.put(name, text(value)));
                        return texts.toString();
                    })
                    .sorted()
                    .toList();
        }
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }

    private static List<String> theirs(List<String> lines) throws Exception {
        List<String> rows = new ArrayList<>();
        ObjectMapper json = new ObjectMapper()
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        for (String line : lines) {
            Map<String, String> texts = new TreeMap<>();
            JsonNode row = json.readTree(line);
            for (String name : SCHEMA.names()) {
                texts.put(name, text(name, row.get(name)));
            }
            rows.add(texts.toString());
        }
        rows.sort(null);
        return rows;
    }

    private static String text(String name, JsonNode value) {
        if (value == null || value.isNull()) {
            return "null";
        }
        if (name.equals("score")) {
            return Double.toString(value.doubleValue());
        }
        if (name.equals("at")) {
            return Instant.parse(value.asText()).toString();
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(element.asText()));
            return elements.toString();
        }
        return value.isNumber() ? text(value.decimalValue()) : value.asText();
    }

    private static final String ALL = "SELECT * FROM THE_TABLE";

    @Test
    void sparkAndKernelReadWhatWeWroteAlike() throws Exception {
        load(new LoadMode.Append(), "run-1", rows("a/b=c %", 1, 2, 3), rows("null", 4));
        load(new LoadMode.Append(), "run-2", rows(null, 5, 6));
        load(new LoadMode.OverwritePartitions(), "run-3", rows("null", 40, 41));
        load(new LoadMode.Upsert(List.of("id")), "run-4", rows("x", 3, 7));
        for (int i = 0; i < 10; i++) {
            load(new LoadMode.Append(), "more-" + i, rows("a/b=c %", 100 + i));
        }
        assertThat(lake().resolve("_delta_log/00000000000000000010.checkpoint.parquet"))
                .exists();
        List<String> ours = ours();
        assertThat(ours).hasSize(18);
        assertThat(theirs(spark.run(lake(), ALL))).isEqualTo(ours);
        assertThat(TestTables.read(TestTables.files(lake()))).hasSize(18);
        // Data skipping by our statistics loses nothing.
        assertThat(theirs(spark.run(
                        lake(), "SELECT * FROM THE_TABLE WHERE id = 105 AND at > TIMESTAMP '2023-11-14 00:00:00'")))
                .hasSize(1);
    }

    @Test
    void weReadWhatSparkLeaves() throws Exception {
        load(new LoadMode.Append(), "run-1", rows("a", 1, 2, 3, 4, 5, 6), rows("b", 7, 8));
        List<String> lines = spark.run(
                lake(),
                "ALTER TABLE THE_TABLE SET TBLPROPERTIES (delta.enableDeletionVectors = true)",
                "INSERT INTO THE_TABLE SELECT id + 100, small, flag, score, price, wide, name, doc, day, at, tags, p FROM THE_TABLE",
                "DELETE FROM THE_TABLE WHERE id IN (2, 5, 103)",
                "UPDATE THE_TABLE SET name = 'changed' WHERE id = 8",
                ALL);
        List<String> ours = ours();
        assertThat(ours).hasSize(13);
        assertThat(theirs(lines)).isEqualTo(ours);

        load(new LoadMode.Append(), "run-2", rows("a", 200));
        load(new LoadMode.Upsert(List.of("id")), "run-3", rows("b", 3, 201));
        load(new LoadMode.OverwritePartitions(), "run-4", rows("c", 300));
        assertThat(theirs(spark.run(lake(), "OPTIMIZE THE_TABLE", ALL))).isEqualTo(ours());
        assertThat(ours()).hasSize(16);

        List<String> renamed = spark.run(
                lake(),
                "ALTER TABLE THE_TABLE SET TBLPROPERTIES (delta.minReaderVersion = 3, delta.minWriterVersion = 7,"
                        + " delta.columnMapping.mode = 'name')",
                "ALTER TABLE THE_TABLE RENAME COLUMN name TO title",
                "SELECT *, title AS name FROM THE_TABLE");
        assertThat(renamed).hasSize(16);
        try (DeltaExtractor extractor =
                TestTables.extractor(lake(), TestSettings.source("128MB", "id", "title", "p"))) {
            assertThat(Reading.rows(extractor, Reading.splits(extractor.plan(ExtractRequest.everything(100)))))
                    .hasSize(16)
                    .anySatisfy(row -> assertThat(row).containsEntry("id", 8L).containsEntry("title", "changed"));
        }
        assertThatThrownBy(() ->
                        TestTables.loader(lake(), new LoadMode.Append(), "p").validate(SCHEMA))
                .hasMessageContaining("columnMapping")
                .hasMessageContaining("engine: spark");
    }
}
