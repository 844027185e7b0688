package io.millrace.core.transform.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.golden.ComparableRecords;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares {@code clean} with {@link NaiveClean} on random schemas, settings and rows. */
class CleanOracleTest {
    private static final List<String> PIECES = List.of(
            "", " ", "  ", "\t", "\u00a0", "\u3000", "\u2028", "\u0085", "\u0000", "\u007f", "\u0091", "\u200b", "a",
            "view", "日本", "😀", "naïve");
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "007",
            "12.7",
            "12.0",
            "1e3",
            "-.5",
            "5.",
            ".",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "2147483648",
            "0.1",
            "123456789012345678.5",
            "1e309",
            "NaN",
            "-infinity",
            "true",
            "NO",
            "yes",
            "2024-03-10 02:30:00",
            "2024-03-10T03:30:00.123456",
            "2024-11-03 01:30:00",
            "2024-02-30 00:00:00",
            "2024-02-29",
            "1999-12-31 23:59:59",
            "99999999.99",
            "0.005",
            "-0.0",
            "1E-3",
            "x");
    private static final List<DataType> TARGETS = List.of(
            DataType.BOOLEAN,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT64,
            DataType.decimal(10, 2),
            DataType.decimal(38, 18),
            DataType.DATE,
            DataType.TIMESTAMP,
            DataType.STRING);
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Shanghai"),
            ZoneId.of("Australia/Lord_Howe"));

    @Test
    void agreesWithTheNaiveForm() {
        for (long seed = 0; seed < 600; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        RandomBatches values = new RandomBatches(seed);
        List<Field> fields = new ArrayList<>();
        Map<String, NullPolicy> nulls = new LinkedHashMap<>();
        Map<String, Conversion> types = new LinkedHashMap<>();
        Map<String, Outlier> outliers = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String name = "c" + i;
            DataType source = random.nextInt(2) == 0 ? DataType.STRING : values.type();
            fields.add(Field.of(name, source));
            DataType target = pick(random, TARGETS);
            Conversion conversion = conversion(random, source, target);
            if (conversion != null && random.nextInt(3) > 0) {
                types.put(name, conversion);
            }
            rules(random, name, types.containsKey(name) ? target : source, nulls, outliers);
        }
        Schema schema = Schema.of(fields);
        StringCleaning strings = new StringCleaning(
                random.nextInt(4) > 0,
                random.nextInt(4) > 0,
                random.nextInt(4) > 0,
                random.nextInt(4) > 0 ? List.of() : List.of("c1"));
        CleanSettings settings = new CleanSettings(strings, nulls, types, outliers);
        BoundClean clean = (BoundClean) new Clean(settings).bind(schema, null);
        // Twice, because kernels keep arrays from one batch to the next.
        for (int round = 0; round < 2; round++) {
            compare(seed, clean, new NaiveClean(settings, schema), records(random, values, schema));
        }
    }

    private static void compare(long seed, BoundClean clean, NaiveClean naive, Input input) {
        CollectedRejects rejects = new CollectedRejects();
        Batch cleaned = clean.apply(Batch.ofRecords(input.schema(), input.records()), rejects);
        List<Map<String, Object>> expected = new ArrayList<>();
        List<String> expectedRejects = new ArrayList<>();
        int filtered = 0;
        for (int row = 0; row < input.records().size(); row++) {
            NaiveClean.Outcome outcome = naive.clean(input.records().get(row));
            outcome.record().ifPresent(expected::add);
            String at = row + " ";
            outcome.rejectedBy().ifPresent(column -> expectedRejects.add(at + column));
            filtered += outcome.record().isEmpty() && outcome.rejectedBy().isEmpty() ? 1 : 0;
        }
        List<String> actualRejects = new ArrayList<>();
        rejects.rejected.forEach(rejected -> actualRejects.add(rejected.row() + " " + rejected.column()));
        assertThat(actualRejects)
                .as("seed %d, output %s, rows %s", seed, clean.output(), input.records())
                .containsExactlyInAnyOrderElementsOf(expectedRejects);
        assertThat(rejects.filtered).as("seed %d", seed).isEqualTo(filtered);
        assertThat(ComparableRecords.of(cleaned.records()))
                .as("seed %d", seed)
                .isEqualTo(ComparableRecords.of(expected));
    }

    private record Input(Schema schema, List<Map<String, Object>> records) {}

    private static Input records(Random random, RandomBatches values, Schema schema) {
        List<Map<String, Object>> records = values.records(schema, random.nextInt(40));
        for (Map<String, Object> record : records) {
            for (Field field : schema) {
                if (field.type().equals(DataType.STRING) && random.nextInt(8) > 0) {
                    record.put(field.name(), text(random));
                }
            }
        }
        return new Input(schema, records);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextBoolean()) {
            return text.append(random.nextInt(6) == 0 ? " " : "")
                    .append(pick(random, VALUES))
                    .append(random.nextInt(6) == 0 ? "\u0001" : "")
                    .toString();
        }
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(pick(random, PIECES));
        }
        return text.toString();
    }

    private static Conversion conversion(Random random, DataType source, DataType target) {
        boolean temporal = target.equals(DataType.TIMESTAMP) || target.equals(DataType.DATE);
        boolean zoned = target.equals(DataType.TIMESTAMP) && !source.equals(DataType.TIMESTAMP)
                || target.equals(DataType.DATE) && source.equals(DataType.TIMESTAMP);
        Optional<ZoneId> zone = zoned ? Optional.of(pick(random, ZONES)) : Optional.empty();
        boolean pattern = temporal && source.equals(DataType.STRING) && random.nextBoolean();
        // The oracle's ISO form of dates takes no time, which is what the first ten characters of VALUES decide.
        pattern |= target.equals(DataType.DATE) && source.equals(DataType.STRING);
        Conversion conversion =
                new Conversion(target, pattern ? Optional.of("yyyy-MM-dd HH:mm:ss") : Optional.empty(), zone);
        // Shortest digits are compared with the golden cases, lists and raw bytes too.
        boolean naive =
                switch (source.kind()) {
                    case BINARY, LIST, JSON -> false;
                    case FLOAT64 -> !target.equals(DataType.STRING) && target.kind() != DataType.Kind.DECIMAL;
                    case BOOLEAN, INT32, INT64, DECIMAL, STRING, DATE, TIMESTAMP -> true;
                };
        try {
            Conversions.find(source, conversion);
            return naive ? conversion : null;
        } catch (io.millrace.api.MillraceException impossible) {
            return null;
        }
    }

    private static void rules(
            Random random, String name, DataType type, Map<String, NullPolicy> nulls, Map<String, Outlier> outliers) {
        Object value =
                switch (type.kind()) {
                    case INT32, INT64, FLOAT64, DECIMAL -> 0;
                    case BOOLEAN -> true;
                    case STRING -> " none ";
                    case BINARY, DATE, TIMESTAMP, JSON, LIST -> null;
                };
        switch (random.nextInt(6)) {
            case 0 -> nulls.put(name, new NullPolicy.DropRow());
            case 1 -> nulls.put(name, new NullPolicy.Reject());
            case 2 -> nulls.put(name, new NullPolicy.Keep());
            default -> {
                if (value != null) {
                    nulls.put(name, new NullPolicy.Default(value));
                }
            }
        }
        boolean ordered =
                type.equals(DataType.INT64) || type.equals(DataType.FLOAT64) || type.equals(DataType.decimal(10, 2));
        if (ordered && random.nextBoolean()) {
            Optional<Object> min = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(-1);
            Optional<Object> max =
                    random.nextInt(4) == 0 && min.isPresent() ? Optional.empty() : Optional.of(new BigDecimal("12"));
            outliers.put(name, new Outlier(min, max, pick(random, List.of(Outlier.Action.values()))));
        }
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
