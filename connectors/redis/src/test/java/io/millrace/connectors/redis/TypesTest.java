package io.millrace.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.loader.DirectRun;
import io.millrace.testkit.loader.NoRejects;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every type is written, and that a look-up reads back what was written. */
class TypesTest {
    private final EmbeddedRedis server = Servers.empty();

    @Test
    void everyTypeHasItsText() {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, String> expected = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>();
        add(fields, row, expected, DataType.BOOLEAN, true, "true");
        add(fields, row, expected, DataType.INT32, Integer.MIN_VALUE, "-2147483648");
        add(fields, row, expected, DataType.INT64, Long.MIN_VALUE, "-9223372036854775808");
        add(fields, row, expected, DataType.FLOAT64, 0.1, "0.1");
        add(fields, row, expected, DataType.FLOAT64, 1e21, "1.0E21");
        add(fields, row, expected, DataType.FLOAT64, Double.NaN, "NaN");
        add(fields, row, expected, DataType.FLOAT64, Double.NEGATIVE_INFINITY, "-Infinity");
        add(fields, row, expected, DataType.decimal(10, 2), new BigDecimal("-0.05"), "-0.05");
        add(fields, row, expected, DataType.decimal(10, 2), new BigDecimal("12345678.90"), "12345678.90");
        add(fields, row, expected, DataType.decimal(5, 0), new BigDecimal("-7"), "-7");
        add(fields, row, expected, DataType.decimal(38, 18), new BigDecimal("1e-18"), "0.000000000000000001");
        add(fields, row, expected, DataType.STRING, "日本 \u0000 \r\n", "日本 \u0000 \r\n");
        add(fields, row, expected, DataType.JSON, "{\"a\": [1, null]}", "{\"a\": [1, null]}");
        add(fields, row, expected, DataType.DATE, LocalDate.of(2024, 2, 29), "2024-02-29");
        add(fields, row, expected, DataType.DATE, LocalDate.of(12024, 2, 29), "+12024-02-29");
        add(fields, row, expected, DataType.TIMESTAMP, Instant.parse("2024-02-29T23:59:59Z"), "2024-02-29T23:59:59Z");
        add(
                fields,
                row,
                expected,
                DataType.TIMESTAMP,
                Instant.parse("1969-12-31T23:59:59.999Z"),
                "1969-12-31T23:59:59.999Z");
        add(
                fields,
                row,
                expected,
                DataType.TIMESTAMP,
                Instant.parse("2024-02-29T00:00:00.000001Z"),
                "2024-02-29T00:00:00.000001Z");
        add(
                fields,
                row,
                expected,
                DataType.list(DataType.STRING),
                Arrays.asList("a", null, "\"b\""),
                "[\"a\",null,\"\\\"b\\\"\"]");
        add(fields, row, expected, DataType.list(DataType.INT32), List.of(), "[]");
        write(ValueForm.HASH, Schema.of(fields), List.of(row));
        Map<String, String> hash = Servers.hash(server, "row:0");
        assertThat(hash.remove("_v")).matches("\\d{19}-\\d{10}");
        assertThat(hash).isEqualTo(expected);
    }

    private static void add(
            List<Field> fields,
            Map<String, Object> row,
            Map<String, String> expected,
            DataType type,
            Object value,
            String text) {
        String name = "c" + fields.size() + " of " + type;
        fields.add(Field.of(name, type));
        row.put(name, value);
        expected.put(name, text);
    }

    @Test
    void datesAndTimestampsAreWhatTheJdkWrites() {
        long seed = System.nanoTime();
        System.out.println("datesAndTimestampsAreWhatTheJdkWrites: seed " + seed);
        var random = new java.util.Random(seed);
        Bytes out = new Bytes();
        for (int i = 0; i < 20_000; i++) {
            long day = random.nextInt(8_000_000) - 2_000_000;
            out.clear();
            IsoText.appendDate(day, out);
            assertThat(new String(out.toArray()))
                    .isEqualTo(LocalDate.ofEpochDay(day).toString());
            long micros = (long) (random.nextGaussian() * 1e17) / (random.nextBoolean() ? 1 : 1_000_000) * 1_000;
            out.clear();
            IsoText.appendTimestamp(micros, out);
            assertThat(new String(out.toArray()))
                    .isEqualTo(io.millrace.api.data.Timestamps.toInstant(micros).toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "JSON"})
    void aLookupReadsBackWhatWasWritten(ValueForm form) {
        long seed = System.nanoTime();
        System.out.println("aLookupReadsBackWhatWasWritten(" + form + "): seed " + seed);
        RandomBatches random = new RandomBatches(seed);
        for (int i = 0; i < 20; i++) {
            server.ask("FLUSHALL");
            Schema schema = random.schema();
            List<Map<String, Object>> rows = random.records(schema, 50);
            write(form, schema, rows);
            Map<String, JsonFieldSettings> fields = new LinkedHashMap<>();
            schema.forEach(field -> fields.put(field.name(), JsonFieldSettings.of(field.type())));
            try (RedisLookup lookup = lookup(form, fields)) {
                BitSet missing = new BitSet();
                Batch found = lookup.find(ids(60), missing);
                assertThat(missing.stream()).containsExactly(50, 51, 52, 53, 54, 55, 56, 57, 58, 59);
                for (int row = 0; row < 50; row++) {
                    assertThat(comparable(found.record(row))).isEqualTo(comparable(rows.get(row)));
                }
                assertThat(found.record(59).values()).containsOnlyNulls();
            }
        }
    }

    /** Arrays as lists, which compare by their elements. */
    private static Map<String, Object> comparable(Map<String, Object> record) {
        Map<String, Object> copy = new LinkedHashMap<>(record);
        copy.replaceAll((name, value) -> comparable(value));
        return copy;
    }

    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof List<?> list
                ? list.stream().map(TypesTest::comparable).toList()
                : value;
    }

    private RedisLookup lookup(ValueForm form, Map<String, JsonFieldSettings> fields) {
        RedisLookupSettings settings = LookupTest.settings(server, "row:{row}", form, fields);
        return new RedisLookup(settings, settings.server(Path.of("/")), RetryPolicy.NONE);
    }

    private static Batch ids(int count) {
        Schema schema = Schema.of(new Field("row", DataType.INT32, false));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Map.of("row", i));
        }
        return Batch.ofRecords(schema, rows);
    }

    /** Writes the rows under their numbers. */
    private void write(ValueForm form, Schema schema, List<Map<String, Object>> rows) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field("row", DataType.INT32, false));
        Schema numbered = Schema.of(fields);
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> copy = new LinkedHashMap<>(row);
            copy.put("row", all.size());
            all.add(copy);
        }
        var request = new io.millrace.api.LoadRequest(
                numbered,
                new io.millrace.api.Lineage("types", "l-1"),
                Optional.empty(),
                Instant.EPOCH.plus(Duration.ofDays(1)));
        try (DirectRun run = new DirectRun(
                        Target.of(server).key("row:{row}").form(form).loader(), request, "unit");
                var writer = run.open("split-0.0", 0)) {
            DirectRun.write(writer, new NoRejects(), Batch.ofRecords(numbered, all));
        }
    }
}
