package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.extractor.RecordedRejects.Reject;
import io.millrace.testkit.loader.DirectRun;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back by the server's own conversion to text, and by our source. */
class WrittenTypesTest {
    private static TargetUnderTest target;
    private static int tables;

    @BeforeAll
    static void createDatabase() {
        target = TargetUnderTest.fresh();
        target.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'so la la', 'glück')",
                "CREATE DOMAIN positive AS int CHECK (value > 0)",
                "CREATE DOMAIN price AS numeric(6, 2)",
                "CREATE EXTENSION IF NOT EXISTS citext");
    }

    /**
     * @param values of ours, each with what PostgreSQL shows of it, or with "reject: " and the reason
     */
    private record Case(DataType type, String sqlType, Map<Object, String> values) {
        Case {
            values = new LinkedHashMap<>(values);
        }

        @Override
        public String toString() {
            return type + " into " + sqlType;
        }
    }

    private static Case of(DataType type, String sqlType, Object... valuesAndTexts) {
        Map<Object, String> values = new LinkedHashMap<>();
        for (int i = 0; i < valuesAndTexts.length; i += 2) {
            values.put(valuesAndTexts[i], (String) valuesAndTexts[i + 1]);
        }
        return new Case(type, sqlType, values);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Stream<Case> cases() {
        String tooLong = "reject: longer than character varying(3)";
        String uuid = "123e4567-e89b-12d3-a456-426614174000";
        return Stream.of(
                of(DataType.BOOLEAN, "boolean", true, "true", false, "false"),
                of(
                        DataType.INT32,
                        "smallint",
                        32767,
                        "32767",
                        -32768,
                        "-32768",
                        32768,
                        "reject: int32 outside smallint, which holds -32768 to 32767"),
                of(DataType.INT32, "integer", Integer.MIN_VALUE, "-2147483648", 7, "7"),
                of(DataType.INT32, "bigint", Integer.MIN_VALUE, "-2147483648", 7, "7"),
                of(DataType.INT32, "double precision", -7, "-7"),
                of(
                        DataType.INT32,
                        "real",
                        1 << 24,
                        "1.6777216e+07",
                        (1 << 24) + 1,
                        "reject: int32 that real does not hold exactly"),
                of(
                        DataType.INT32,
                        "positive",
                        1,
                        "1",
                        0,
                        "reject: value for domain positive violates check constraint \"positive_check\""),
                of(DataType.INT64, "bigint", Long.MIN_VALUE, "-9223372036854775808", 0L, "0"),
                of(
                        DataType.INT64,
                        "oid",
                        4294967295L,
                        "4294967295",
                        -1L,
                        "reject: int64 outside oid, which holds 0 to 4294967295"),
                of(
                        DataType.INT64,
                        "numeric",
                        Long.MIN_VALUE,
                        "-9223372036854775808",
                        0L,
                        "0",
                        10_000L,
                        "10000",
                        120_000_000L,
                        "120000000"),
                of(DataType.INT64, "numeric(3)", 999L, "999", 1000L, "reject: too large for numeric(3,0)"),
                of(
                        DataType.INT64,
                        "text",
                        Long.MIN_VALUE,
                        "-9223372036854775808",
                        0L,
                        "0",
                        Long.MAX_VALUE,
                        "9223372036854775807"),
                of(DataType.INT64, "varchar(3)", -12L, "-12", 1234L, tooLong),
                of(
                        DataType.FLOAT64,
                        "double precision",
                        0.1,
                        "0.1",
                        -0.0,
                        "-0",
                        Double.NaN,
                        "NaN",
                        Double.NEGATIVE_INFINITY,
                        "-Infinity",
                        Double.MIN_VALUE,
                        "5e-324"),
                of(
                        DataType.FLOAT64,
                        "real",
                        0.1,
                        "0.1",
                        Double.POSITIVE_INFINITY,
                        "Infinity",
                        1e300,
                        "reject: float64 outside the range of real",
                        1e-300,
                        "reject: float64 outside the range of real"),
                of(
                        DataType.FLOAT64,
                        "numeric",
                        0.1,
                        "0.1",
                        1e22,
                        "10000000000000000000000",
                        1e-7,
                        "0.0000001",
                        -123456.75,
                        "-123456.75",
                        Double.NaN,
                        "NaN",
                        Double.POSITIVE_INFINITY,
                        "Infinity",
                        0.0,
                        "0"),
                of(
                        DataType.FLOAT64,
                        "numeric(4,1)",
                        999.9,
                        "999.9",
                        1000.0,
                        "reject: too large for numeric(4,1)",
                        0.25,
                        "reject: more digits behind the point than numeric(4,1) holds",
                        Double.NEGATIVE_INFINITY,
                        "reject: infinity, which numeric(4,1) does not hold"),
                of(
                        DataType.decimal(10, 4),
                        "numeric(10,4)",
                        decimal("123456.7891"),
                        "123456.7891",
                        decimal("-0.0001"),
                        "-0.0001",
                        decimal("0.0000"),
                        "0.0000",
                        decimal("1.5000"),
                        "1.5000"),
                of(
                        DataType.decimal(10, 4),
                        "numeric(6,2)",
                        decimal("9999.9900"),
                        "9999.99",
                        decimal("10000.0000"),
                        "reject: too large for numeric(6,2)",
                        decimal("1.2340"),
                        "reject: more digits behind the point than numeric(6,2) holds"),
                of(DataType.decimal(10, 4), "price", decimal("9999.9900"), "9999.99"),
                of(
                        DataType.decimal(10, 4),
                        "numeric",
                        decimal("123456.7891"),
                        "123456.7891",
                        decimal("7.0000"),
                        "7.0000"),
                of(
                        DataType.decimal(4, 4),
                        "numeric(2,4)",
                        decimal("0.0099"),
                        "0.0099",
                        decimal("0.0100"),
                        "reject: too large for numeric(2,4)"),
                of(
                        DataType.decimal(38, 0),
                        "numeric(38)",
                        decimal("9".repeat(38)),
                        "9".repeat(38),
                        decimal("-" + "9".repeat(38)),
                        "-" + "9".repeat(38),
                        decimal("1" + "0".repeat(37)),
                        "1" + "0".repeat(37)),
                of(DataType.decimal(38, 37), "numeric(38,37)", decimal("-1." + "3".repeat(37)), "-1." + "3".repeat(37)),
                of(
                        DataType.STRING,
                        "text",
                        "",
                        "",
                        "naïve 😀",
                        "naïve 😀",
                        "a\0b",
                        "reject: " + NulCharacters.REASON,
                        "a much longer text with NUL at the end\0",
                        "reject: " + NulCharacters.REASON),
                of(DataType.STRING, "varchar(3)", "äöü", "äöü", "abcd", tooLong),
                of(DataType.STRING, "char(3)", "a", "a  ", "abcd", "reject: longer than character(3)"),
                of(DataType.STRING, "citext", "AbC", "AbC"),
                of(DataType.STRING, "name", "abc", "abc", "x".repeat(64), "reject: longer than the 63 bytes of name"),
                of(DataType.STRING, "mood", "glück", "glück", "angry", "reject: not one of the values of mood"),
                of(
                        DataType.STRING,
                        "uuid",
                        uuid.toUpperCase(java.util.Locale.ROOT),
                        uuid,
                        uuid.replace("-", ""),
                        uuid,
                        "123e4567-e89b-12d3-a456-42661417400",
                        "reject: text that is no UUID",
                        uuid.replace('4', 'g'),
                        "reject: text that is no UUID"),
                of(
                        DataType.STRING,
                        "json",
                        "{\"a\":  1}",
                        "{\"a\":  1}",
                        "{",
                        "reject: invalid input syntax for type json"),
                of(
                        DataType.STRING,
                        "jsonb",
                        "{\"a\":  1}",
                        "{\"a\": 1}",
                        "nope",
                        "reject: invalid input syntax for type json"),
                of(
                        DataType.JSON,
                        "jsonb",
                        "[1,2]",
                        "[1, 2]",
                        "\"\\u0000\"",
                        "reject: unsupported Unicode escape sequence"),
                of(DataType.JSON, "json", "[1,2]", "[1,2]"),
                of(DataType.JSON, "text", "[1,2]", "[1,2]"),
                of(DataType.BINARY, "bytea", bytes("00ff10"), "\\x00ff10", bytes(""), "\\x"),
                of(
                        DataType.DATE,
                        "date",
                        LocalDate.parse("2024-02-29"),
                        "2024-02-29",
                        LocalDate.of(-4712, 1, 1),
                        "4713-01-01 BC",
                        LocalDate.of(5_874_897, 12, 31),
                        "5874897-12-31",
                        LocalDate.of(5_874_898, 1, 1),
                        "reject: a day outside the years 4713 BC to 5874897, which are all that date holds"),
                of(DataType.DATE, "timestamp", LocalDate.parse("2024-02-29"), "2024-02-29 00:00:00"),
                of(DataType.DATE, "timestamptz", LocalDate.parse("1969-12-31"), "1969-12-31 00:00:00+00"),
                of(
                        DataType.TIMESTAMP,
                        "timestamptz",
                        Instant.parse("2024-02-29T12:30:00.000001Z"),
                        "2024-02-29 12:30:00.000001+00",
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        "1969-12-31 23:59:59.999999+00",
                        Instant.parse("-290000-01-01T00:00:00Z"),
                        "reject: a time outside the years 4713 BC to 294276, which are all that timestamp holds"),
                of(DataType.TIMESTAMP, "timestamp", Instant.parse("2024-02-29T12:30:00Z"), "2024-02-29 12:30:00"),
                of(
                        DataType.list(DataType.INT32),
                        "integer[]",
                        List.of(),
                        "{}",
                        Arrays.asList(1, null, -3),
                        "{1,NULL,-3}"),
                of(
                        DataType.list(DataType.INT64),
                        "smallint[]",
                        List.of(1L, 2L),
                        "{1,2}",
                        List.of(1L, 40_000L),
                        "reject: element 2: int64 outside smallint, which holds -32768 to 32767"),
                of(DataType.list(DataType.STRING), "text[]", List.of("a,b", "\"", ""), "{\"a,b\",\"\\\"\",\"\"}"),
                of(
                        DataType.list(DataType.STRING),
                        "varchar(3)[]",
                        List.of("abc"),
                        "{abc}",
                        List.of("abcd"),
                        "reject: element 1: longer than character varying(3)[]"),
                of(DataType.list(DataType.decimal(6, 2)), "numeric(6,2)[]", List.of(decimal("1.50")), "{1.50}"),
                of(DataType.list(DataType.INT32), "positive[]", List.of(1, 2), "{1,2}"),
                of(DataType.list(DataType.STRING), "mood[]", List.of("sad", "so la la"), "{sad,\"so la la\"}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyValueArrivesOrIsRejectedAlone(Case testCase) {
        TargetUnderTest cases = new TargetUnderTest(target.database());
        cases.table = "case " + ++tables;
        cases.schema = SchemaPolicy.FREEZE;
        cases.execute("CREATE TABLE \"" + cases.table + "\" (n int, v " + testCase.sqlType + ")");
        Schema schema = Schema.of(new Field("n", DataType.INT32, false), Field.of("v", testCase.type));
        List<Map<String, Object>> records = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        records.add(record(0, null));
        expected.add("0 null");
        testCase.values.forEach((value, text) -> {
            if (text.startsWith("reject: ")) {
                reasons.add(text.substring(8));
            } else {
                expected.add(records.size() + " " + text);
            }
            records.add(record(records.size(), value));
        });
        RecordedRejects rejects = new RecordedRejects();
        try (DirectRun run = new DirectRun(cases.direct(), schema, TargetUnderTest.LINEAGE, cases.table);
                var writer = run.open("split-0.0", 0)) {
            assertThat(DirectRun.write(writer, rejects, Batch.ofRecords(schema, records))
                            .loaded())
                    .isEqualTo(expected.size());
            writer.commit("note");
        }
        assertThat(cases.column("SELECT n || ' ' || coalesce(v::text"
                        + (testCase.sqlType.equals("char(3)") ? " || repeat(' ', 3 - length(v))" : "")
                        + ", 'null') FROM \"" + cases.table + "\" ORDER BY n"))
                .containsExactlyElementsOf(expected);
        assertThat(rejects.all()).extracting(Reject::reason).containsExactlyElementsOf(reasons);
    }

    private static Map<String, Object> record(int n, Object value) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("n", n);
        record.put("v", value);
        return record;
    }

    /** Random columns and values, into a table that the loader creates; what our source reads is the same again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void randomBatchesComeBackFromTheSource(long number) {
        long seed = Long.getLong("millrace.seed", 20_240_229L) + number;
        System.out.println("seed " + seed);
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        TargetUnderTest cases = new TargetUnderTest(target.database());
        cases.table = "random " + ++tables;
        List<Map<String, Object>> records = new ArrayList<>();
        try (DirectRun run = new DirectRun(cases.direct(), schema, TargetUnderTest.LINEAGE, cases.table)) {
            for (int piece = 0; piece < 3; piece++) {
                Batch batch = random.batch(schema, 200);
                run.load("split-" + piece + ".0", "note", batch);
                records.addAll(batch.records());
            }
        }
        assertThat(comparable(cases.source().records())).containsExactlyInAnyOrderElementsOf(comparable(records));
    }

    /** Byte arrays have no equality of their own. */
    private static List<Map<String, Object>> comparable(List<Map<String, Object>> records) {
        return records.stream()
                .map(record -> {
                    Map<String, Object> copy = new LinkedHashMap<>(record);
                    copy.replaceAll((name, value) -> comparable(value));
                    return copy;
                })
                .toList();
    }

    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes " + new String(bytes, StandardCharsets.ISO_8859_1);
        }
        return value instanceof List<?> list
                ? list.stream().map(WrittenTypesTest::comparable).toList()
                : value;
    }

    @Test
    void nullsAreRejectedWhereTheColumnRefusesThem() {
        TargetUnderTest cases = new TargetUnderTest(target.database());
        cases.table = "strict";
        cases.execute("CREATE TABLE strict (n int, v text NOT NULL)");
        Schema schema = Schema.of(new Field("n", DataType.INT32, false), Field.of("v", DataType.STRING));
        RecordedRejects rejects = new RecordedRejects();
        try (DirectRun run = cases.run(schema);
                var writer = run.open("split-0.0", 0)) {
            DirectRun.write(
                    writer, rejects, Batch.ofRecords(schema, List.of(record(1, "a"), record(2, null), record(3, "c"))));
            writer.commit("note");
        }
        assertThat(cases.column("SELECT n FROM strict ORDER BY n")).containsExactly("1", "3");
        assertThat(rejects.all()).containsExactly(new Reject(null, 1, "v", "null, but the column is NOT NULL", null));
    }
}
