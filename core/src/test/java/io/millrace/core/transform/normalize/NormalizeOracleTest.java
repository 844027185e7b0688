package io.millrace.core.transform.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.transform.RecordedRejects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares {@code normalize} with {@link NaiveNormalize} on random rules and rows. */
class NormalizeOracleTest {
    private static final List<DataType> NUMBERS =
            List.of(DataType.FLOAT64, DataType.INT32, DataType.INT64, DataType.decimal(9, 2), DataType.decimal(38, 18));
    private static final List<DataType> VALUES = List.of(
            DataType.STRING,
            DataType.INT32,
            DataType.INT64,
            DataType.list(DataType.STRING),
            DataType.list(DataType.INT64));
    private static final List<String> TEXTS = List.of("", "a", "A", "ß", "ﬁ", "日本", "Å", "42", "😀", "ΣΣ");

    @Test
    void agreesWithTheFormulas() {
        for (long seed = 0; seed < 500; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        List<String> kinds = List.of(
                "min_max",
                "z_score",
                "scale",
                "log1p",
                "clip",
                "bucket",
                "index",
                "hash",
                "multi_hot",
                "one_hot",
                "text");
        String kind = kinds.get(random.nextInt(kinds.size()));
        DataType type = type(kind, random);
        Map<String, Object> settings = settings(kind, type, random);
        Map<String, Object> written = new HashMap<>(settings);
        if (kind.equals("min_max")) {
            written.put("range", List.of(written.remove("low"), written.remove("high")));
        } else if (kind.equals("text")) {
            written.putAll(Map.of("form", "nfkc", "fold_case", true));
        }
        Schema schema = Schema.of(Field.of("x", type), Field.of("row", DataType.INT32));
        BoundTransform normalize = new NormalizeFactory()
                .create(SettingsMaps.bind(
                        NormalizeSettings.class, "normalize", Map.of("x", Map.of(kind, written, "as", "y"))))
                .bind(schema, null);
        RandomBatches values = new RandomBatches(seed);
        // Twice, because kernels keep arrays from one batch to the next.
        for (int round = 0; round < 2; round++) {
            List<Map<String, Object>> rows = rows(random, values, type);
            Batch batch = Batch.ofRecords(schema, rows);
            if (random.nextBoolean() && rows.size() > 2) {
                batch = batch.slice(1, rows.size());
                rows = rows.subList(1, rows.size());
            }
            compare(
                    "seed " + seed + ", " + kind + " " + settings + " of " + type,
                    normalize,
                    kind,
                    settings,
                    batch,
                    rows);
        }
    }

    private static void compare(
            String what,
            BoundTransform normalize,
            String kind,
            Map<String, Object> settings,
            Batch batch,
            List<Map<String, Object>> rows) {
        List<Object> expected = new ArrayList<>();
        List<Integer> refused = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            try {
                expected.add(NaiveNormalize.apply(kind, settings, rows.get(row).get("x")));
            } catch (NaiveNormalize.Refused noResult) {
                refused.add(row);
            }
        }
        RecordedRejects rejects = new RecordedRejects();
        Batch output = normalize.apply(batch, rejects);
        List<Object> actual = new ArrayList<>();
        output.records().forEach(record -> actual.add(record.get("y")));
        assertThat(actual).as(what).isEqualTo(expected);
        assertThat(output.rowCount()).as(what).isEqualTo(rows.size() - refused.size());
        for (int row = 0, kept = 0; row < rows.size(); row++) {
            if (!refused.contains(row)) {
                assertThat(output.column("row").value(kept++))
                        .isEqualTo(rows.get(row).get("row"));
            }
        }
    }

    private static DataType type(String kind, Random random) {
        return switch (kind) {
            case "text" -> DataType.STRING;
            case "one_hot" -> VALUES.get(random.nextInt(3));
            case "multi_hot" -> VALUES.get(3 + random.nextInt(2));
            case "index", "hash" -> VALUES.get(random.nextInt(VALUES.size()));
            default -> NUMBERS.get(random.nextInt(NUMBERS.size()));
        };
    }

    private static Map<String, Object> settings(String kind, DataType type, Random random) {
        double one = random.nextInt(20) - 10 + random.nextInt(4) / 4.0;
        double other = one + 1 + random.nextInt(5) / 3.0;
        return switch (kind) {
            case "min_max" -> Map.of(
                    "min", one, "max", other, "low", -1.0, "high", random.nextDouble(), "clamp", random.nextBoolean());
            case "z_score" -> Map.of("mean", one, "stddev", 0.1 + random.nextDouble());
            case "scale" -> Map.of("factor", random.nextBoolean() ? 1e10 : 0.1, "offset", one);
            case "log1p", "text" -> Map.of();
            case "clip" -> Map.of("min", one, "max", other);
            case "bucket" -> Map.of("edges", List.of(one, other, other + 7.5));
            case "hash" -> Map.of("buckets", 2 + random.nextInt(100));
            case "index" -> Map.of("values", vocabulary(type, random), "oov_buckets", 1 + random.nextInt(5));
            default -> Map.of("values", vocabulary(type, random));
        };
    }

    private static List<Object> vocabulary(DataType type, Random random) {
        List<Object> values = new ArrayList<>();
        boolean text = element(type).kind() == Kind.STRING;
        for (int i = 0; i < 6; i++) {
            if (i == 0 || random.nextBoolean()) {
                values.add(text ? TEXTS.get(i) : (Object) i);
            }
        }
        return values;
    }

    private static DataType element(DataType type) {
        return type instanceof DataType.ListType list ? list.element() : type;
    }

    private static List<Map<String, Object>> rows(Random random, RandomBatches values, DataType type) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            Map<String, Object> row = new HashMap<>();
            row.put("x", random.nextInt(6) == 0 ? null : cell(random, values, type));
            row.put("row", i);
            rows.add(row);
        }
        return rows;
    }

    private static Object cell(Random random, RandomBatches values, DataType type) {
        if (type instanceof DataType.ListType list) {
            List<Object> elements = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(random.nextInt(5) == 0 ? null : cell(random, values, list.element()));
            }
            return elements;
        }
        if (random.nextInt(3) == 0) {
            return values.value(type);
        }
        return switch (type.kind()) {
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case INT32 -> random.nextInt(40) - 20;
            case INT64 -> (long) random.nextInt(8);
            case FLOAT64 -> random.nextInt(80) / 4.0 - 10;
            default -> values.value(type);
        };
    }

    @Test
    void anUnchangedColumnIsShared() {
        Schema schema = Schema.of(Field.of("s", DataType.STRING), Field.of("n", DataType.INT64));
        BoundTransform normalize = new NormalizeFactory()
                .create(SettingsMaps.bind(
                        NormalizeSettings.class, "normalize", Map.of("s", Map.of("text", Map.of("form", "nfc")))))
                .bind(schema, null);
        Batch batch = Batch.ofRecords(schema, List.of(Map.of("s", "ascii", "n", 1L), Map.of("s", "text")));
        Batch output = normalize.apply(batch, new RecordedRejects());
        assertThat(output.column(0)).isSameAs(batch.column(0));
        assertThat(output.column(1)).isSameAs(batch.column(1));
    }
}
