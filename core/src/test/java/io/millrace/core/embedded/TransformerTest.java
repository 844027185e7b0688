package io.millrace.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformerTest {
    private static StepTransformer clean(Map<String, ?> settings) {
        return Transformer.of("clean", settings);
    }

    private static Map<String, Object> record(Object... keysAndValues) {
        Map<String, Object> record = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            record.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return record;
    }

    @Test
    void aKeyedStepBringsTheRecordsOfACallTogether() {
        Transformer first = Transformer.keyed(
                "deduplicate", Map.of("key", List.of("id"), "keep", "first", "order_by", List.of("at")));
        assertThat(first.transformBatch(List.of(
                                Map.of("id", 1L, "at", 3L), Map.of("id", 1L, "at", 2L), Map.of("id", 2L, "at", 9L)))
                        .records())
                .containsExactlyInAnyOrder(Map.of("id", 1L, "at", 2L), Map.of("id", 2L, "at", 9L));
        assertThat(first.transform(Map.of("id", 1L, "at", 3L))).isEqualTo(Map.of("id", 1L, "at", 3L));
        assertThatThrownBy(() -> Transformer.keyed("dedupe", Map.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("there is no keyed step 'dedupe'; on the class path are [deduplicate, ");
        assertThatThrownBy(() -> Transformer.keyed("deduplicate", Map.of("key", List.of("id"), "keep", "first")))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("needs order_by");
    }

    @Test
    void aStepLooksUpInATableThatItReadsOnceUntilItIsReset(@TempDir Path folder) throws IOException {
        Path items = folder.resolve("items.jsonl");
        Files.writeString(items, "{\"id\": 1, \"title\": \"lamp\"}\n");
        StepTransformer enrich = Transformer.of("enrich", enrich(items, "item"));
        assertThat(enrich.transform(Map.of("item", 1L))).isEqualTo(Map.of("item", 1L, "title", "lamp"));
        Files.writeString(items, "{\"id\": 1, \"title\": \"light\"}\n");
        assertThat(enrich.transform(Map.of("item", 1L))).containsEntry("title", "lamp");
        enrich.reset();
        assertThat(enrich.transform(Map.of("item", 1L))).containsEntry("title", "light");
        assertThatThrownBy(() -> Transformer.of("enrich", Map.of("from", Map.of("filez", Map.of()))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("did you mean 'files'?");
    }

    static Map<String, Object> enrich(Path items, String key) {
        return Map.of(
                "from",
                Map.of(
                        "files",
                        Map.of(
                                "path",
                                items.toString(),
                                "format",
                                "json",
                                "schema",
                                Map.of("id", "int64", "title", "string"))),
                "on",
                Map.of(key, "id"));
    }

    @Test
    void filtersAndDerivesByExpressions() {
        StepTransformer views = Transformer.filter("event = 'view' AND n > 1");
        assertThat(views.transformBatch(List.of(
                                record("event", "view", "n", 2L),
                                record("event", "view", "n", 1L),
                                record("event", "click", "n", 2L)))
                        .records())
                .containsExactly(record("event", "view", "n", 2L));
        Transformer derive = Transformer.of("derive", Map.of("half", "10 / n"));
        assertThat(derive.transform(record("n", 4L))).isEqualTo(record("n", 4L, "half", 2.5));
        assertThatThrownBy(() -> derive.transform(record("n", 0L))).hasMessageContaining("half: division by zero");
        assertThatThrownBy(() -> Transformer.filter("n >"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("filter: line 1, column 4: the expression ends too early");
    }

    @Test
    void cleansSingleRecords() {
        Transformer clean = clean(Map.of("types", Map.of("ts", "timestamp", "age", "int64")));
        assertThat(clean.transform(record("name", "  Ann \t Lee ", "age", "41", "ts", "2024-01-02T03:04:05Z")))
                .isEqualTo(record("name", "Ann Lee", "age", 41L, "ts", Instant.parse("2024-01-02T03:04:05Z")));
    }

    @Test
    void aRejectedRecordIsADataErrorAloneAndAResultAmongMany() {
        Transformer clean = clean(Map.of("types", Map.of("age", "int64"), "nulls", Map.of("name", "drop_row")));
        assertThatThrownBy(() -> clean.transform(record("name", "a", "age", "x")))
                .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                        .isEqualTo(ErrorKind.DATA))
                .hasMessageContaining("clean, column 'age'")
                .hasMessageContaining("value 'x'");
        assertThat(clean.transform(record("name", null, "age", "1"))).isNull();
        TransformResult result = clean.transformBatch(
                List.of(record("name", "a", "age", "1"), record("name", "b", "age", "x"), record("age", "2")));
        assertThat(result.records()).containsExactly(record("name", "a", "age", 1L));
        assertThat(result.rejected()).hasSize(1);
        assertThat(result.rejected().get(0).record()).isEqualTo(record("name", "b", "age", "x"));
    }

    @Test
    void learnsTypesAsRecordsShowThem() {
        Transformer clean = clean(Map.of("outliers", Map.of("rating", Map.of("min", 0, "max", 5, "action", "clamp"))));
        StepTransformer known = clean(Map.of("nulls", Map.of("rating", Map.of("default", 0.0))))
                .bind(Schema.of(Field.of("rating", DataType.FLOAT64)));
        assertThat(clean.transform(record("rating", 7))).isEqualTo(record("rating", 5L));
        assertThat(clean.transform(record("rating", 7.5, "new", null))).isEqualTo(record("rating", 5.0, "new", null));
        assertThat(clean.transform(record("rating", null, "new", new BigDecimal("1.5"))))
                .containsEntry("rating", null)
                .containsEntry("new", new BigDecimal("1.500000000000000000"));
        assertThat(known.transform(Map.of())).isEqualTo(record("rating", 0.0));
        assertThat(known.transformBatch(List.of(record("other", 1)))
                        .rejected()
                        .get(0)
                        .reason())
                .contains("no column 'other'");
    }

    @Test
    void recordsWhoseColumnsContradictNeedASchema() {
        assertThatThrownBy(() -> clean(Map.of()).transformBatch(List.of(record("a", 1), record("a", "x"))))
                .hasMessageContaining("column 'a' has values of int64 and of string; give the schema");
    }

    @Test
    void tellsTheColumnsThatComeOut() {
        Schema input = Schema.of(Field.of("age", DataType.STRING));
        assertThat(clean(Map.of("types", Map.of("age", "int64"))).outputSchema(input))
                .isEqualTo(Schema.of(Field.of("age", DataType.INT64)));
    }

    @Test
    void refusesWrongSettings() {
        assertThatThrownBy(() -> clean(Map.of("tpyes", Map.of()))).hasMessageContaining("did you mean 'types'");
        assertThatThrownBy(() -> Transformer.of("claen", Map.of())).hasMessageContaining("did you mean 'clean'");
        assertThatThrownBy(() -> Transformer.deduplicate()).hasMessageContaining("at least one column");
    }

    @Test
    void deduplicatesUntilReset() {
        Transformer once = Transformer.deduplicate("id", "day");
        assertThat(once.transform(record("id", 1, "day", "a"))).isNotNull();
        assertThat(once.transform(record("id", 1L, "day", "a", "other", 2))).isNull();
        assertThat(once.transform(record("id", 1, "day", null))).isNotNull();
        assertThat(once.transform(record("id", 1))).isNull();
        assertThat(once.transform(record("id", "1", "day", "a"))).isNotNull();
        once.reset();
        assertThat(once.transform(record("id", 1, "day", "a"))).isNotNull();
    }

    @Test
    void deduplicatesLikeASet() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Object> values = Arrays.asList(null, 1L, 2L, 1.5, "1", "", "a:1", true, Instant.EPOCH, List.of(1L, 2L));
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            records.add(record(
                    "a",
                    values.get(random.nextInt(values.size())),
                    "b",
                    values.get(random.nextInt(values.size())),
                    "number",
                    i));
        }
        Set<List<Object>> seen = new HashSet<>();
        List<Map<String, Object>> expected = records.stream()
                .filter(record -> seen.add(Arrays.asList(record.get("a"), record.get("b"))))
                .toList();
        assertThat(Transformer.deduplicate("a", "b").transformBatch(records).records())
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    @Test
    void codeMayChangeDropOrRejectItsRecord() {
        Transformer code = record -> {
            long id = (Long) record.get("id");
            if (id == 2) {
                throw new IllegalArgumentException("two is not wanted");
            }
            record.put("id", id * 10);
            return id == 3 ? null : record;
        };
        Map<String, Object> one = Map.of("id", 1L);
        TransformResult result = code.transformBatch(List.of(one, record("id", 2L), record("id", 3L)));
        assertThat(result.records()).containsExactly(record("id", 10L));
        assertThat(result.rejected())
                .containsExactly(new RejectedRecord("code", null, "two is not wanted", null, record("id", 2L)));
    }
}
