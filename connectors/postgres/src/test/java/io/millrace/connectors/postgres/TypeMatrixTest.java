package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Timestamps;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.extractor.RecordedRejects;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type that is read, written by ordinary JDBC as text with a cast, and read back. */
class TypeMatrixTest {
    private static Database database;

    /**
     * @param random a value as we hand it out
     * @param text such a value in PostgreSQL's own notation
     */
    private record TypeCase(
            String sqlType,
            DataType dataType,
            List<Object> extremes,
            Function<Random, Object> random,
            Function<Object, String> text) {
        @Override
        public String toString() {
            return sqlType;
        }
    }

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest.table(database, "any")
                .run(
                        "CREATE TYPE mood AS ENUM ('sad', 'so la la', 'glück')",
                        "CREATE DOMAIN positive AS int CHECK (value > 0)",
                        "CREATE DOMAIN money_amount AS numeric(12, 3)",
                        "CREATE DOMAIN sure AS positive",
                        "CREATE DOMAIN many AS text[]");
    }

    private static TypeCase of(String sqlType, DataType type, List<Object> extremes, Function<Random, Object> random) {
        return new TypeCase(sqlType, type, extremes, random, String::valueOf);
    }

    private static BigDecimal decimal(Random random, int precision, int scale) {
        BigInteger unscaled = new BigInteger(140, random).mod(BigInteger.TEN.pow(1 + random.nextInt(precision)));
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    }

    private static TypeCase decimalCase(String sqlType, int precision, int scale) {
        BigDecimal most = new BigDecimal(BigInteger.TEN.pow(precision).subtract(BigInteger.ONE), scale);
        BigDecimal least = BigDecimal.ONE.movePointLeft(scale).setScale(scale);
        return new TypeCase(
                sqlType,
                DataType.decimal(precision, scale),
                List.of(most, most.negate(), least, least.negate(), BigDecimal.ZERO.setScale(scale)),
                random -> decimal(random, precision, scale),
                value -> ((BigDecimal) value).toPlainString());
    }

    private static String randomText(Random random) {
        String letters = "aZ é\t日😀'\"\\{},\n";
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static Stream<TypeCase> scalars() {
        return Stream.of(
                of("bool", DataType.BOOLEAN, List.of(true, false), Random::nextBoolean),
                of("int2", DataType.INT32, List.of(-32_768, 32_767), random -> random.nextInt(65_536) - 32_768),
                of("int4", DataType.INT32, List.of(Integer.MIN_VALUE, Integer.MAX_VALUE), Random::nextInt),
                of("int8", DataType.INT64, List.of(Long.MIN_VALUE, Long.MAX_VALUE), Random::nextLong),
                of("oid", DataType.INT64, List.of(0L, 4_294_967_295L), random -> random.nextLong() & 0xffff_ffffL),
                of("positive", DataType.INT32, List.of(1), random -> 1 + random.nextInt(1_000)),
                of("sure", DataType.INT32, List.of(Integer.MAX_VALUE), random -> 1 + random.nextInt(1_000)),
                of(
                        "float8",
                        DataType.FLOAT64,
                        List.of(
                                -0.0,
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.MIN_VALUE,
                                Double.MAX_VALUE),
                        Random::nextGaussian),
                new TypeCase(
                        "float4",
                        DataType.FLOAT64,
                        List.of((double) 0.1f, (double) Float.MAX_VALUE, Double.NaN),
                        random -> (double) (float) random.nextGaussian(),
                        value -> String.valueOf(((Double) value).floatValue())),
                decimalCase("numeric(18,4)", 18, 4),
                decimalCase("numeric(38,10)", 38, 10),
                decimalCase("numeric(5)", 5, 0),
                new TypeCase(
                        "numeric(3,5)",
                        DataType.decimal(5, 5),
                        List.of(new BigDecimal("0.00999"), new BigDecimal("-0.00001")),
                        random -> decimal(random, 3, 5),
                        value -> ((BigDecimal) value).toPlainString()),
                new TypeCase(
                        "numeric(4,-2)",
                        DataType.decimal(6, 0),
                        List.of(new BigDecimal("999900"), new BigDecimal("-100"), BigDecimal.ZERO),
                        random -> decimal(random, 4, 0).multiply(BigDecimal.valueOf(100)),
                        value -> ((BigDecimal) value).toPlainString()),
                decimalCase("numeric", 38, 18),
                decimalCase("money_amount", 12, 3),
                of("text", DataType.STRING, List.of("", " ", "\u0001\uffff"), TypeMatrixTest::randomText),
                of("varchar(40)", DataType.STRING, List.of(""), TypeMatrixTest::randomText),
                of("char(3)", DataType.STRING, List.of("   ", "abc"), random -> "ab "),
                of("name", DataType.STRING, List.of(""), random -> "n" + random.nextInt(100)),
                of("mood", DataType.STRING, List.of("glück", "so la la"), random -> "sad"),
                of(
                        "uuid",
                        DataType.STRING,
                        List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                        random -> new UUID(random.nextLong(), random.nextLong()).toString()),
                of("json", DataType.JSON, List.of("{\"a\" :  1}", "null", "[]"), random -> "" + random.nextInt()),
                of("jsonb", DataType.JSON, List.of("{\"a\": 1}", "null", "\"é\""), random -> "" + random.nextInt()),
                of(
                        "date",
                        DataType.DATE,
                        List.of(LocalDate.of(1970, 1, 1), LocalDate.of(9999, 12, 31), LocalDate.of(1, 1, 1)),
                        random -> LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000)),
                of(
                        "timestamptz",
                        DataType.TIMESTAMP,
                        List.of(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999999Z")),
                        random -> Timestamps.toInstant((random.nextLong() >> 12) + 1)),
                new TypeCase(
                        "timestamp",
                        DataType.TIMESTAMP,
                        List.of(Instant.EPOCH, Instant.parse("1899-12-31T00:00:00.000001Z")),
                        random -> Timestamps.toInstant((random.nextLong() >> 12) + 1),
                        value -> value.toString().replace("Z", "")));
    }

    private static Stream<TypeCase> arrays() {
        return scalars()
                .map(type -> new TypeCase(
                        type.sqlType + "[]",
                        DataType.list(type.dataType),
                        List.of(
                                List.of(),
                                type.extremes,
                                Arrays.asList(null, type.extremes.get(0), null),
                                Collections.singletonList(null)),
                        random -> {
                            List<Object> list = new ArrayList<>();
                            for (int i = random.nextInt(5); i > 0; i--) {
                                list.add(random.nextInt(5) == 0 ? null : type.random.apply(random));
                            }
                            return list;
                        },
                        value -> arrayText((List<?>) value, type.text)));
    }

    private static String arrayText(List<?> values, Function<Object, String> text) {
        List<String> elements = new ArrayList<>();
        for (Object value : values) {
            elements.add(
                    value == null
                            ? "NULL"
                            : '"' + text.apply(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return "{" + String.join(",", elements) + "}";
    }

    private static Stream<TypeCase> all() {
        return Stream.concat(scalars(), arrays());
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsNullsExtremesAndRandomValuesOf(TypeCase type) throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Object> values = new ArrayList<>(type.extremes);
        for (int i = 0; i < 300; i++) {
            values.add(random.nextInt(6) == 0 ? null : type.random.apply(random));
        }
        String table = "t_" + Long.toHexString(seed);
        SourceUnderTest source = SourceUnderTest.table(database, table);
        source.run("CREATE TABLE " + table + " (n int NOT NULL, v " + type.sqlType + ")");
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO " + table + " VALUES (?, ?::text::" + type.sqlType + ")")) {
            for (int n = 0; n < values.size(); n++) {
                insert.setInt(1, n);
                insert.setObject(2, values.get(n) == null ? null : type.text.apply(values.get(n)), Types.VARCHAR);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.schema().field(1).type()).isEqualTo(type.dataType);
        }
        Map<Object, Object> read = new LinkedHashMap<>();
        RecordedRejects rejects = new RecordedRejects();
        source.records(ExtractRequest.everything(64), rejects).forEach(row -> read.put(row.get("n"), row.get("v")));
        assertThat(rejects.all()).as("seed %d", seed).isEmpty();
        for (int n = 0; n < values.size(); n++) {
            assertThat(read).containsKey(n);
            assertThat(read.get(n)).as("row %d, seed %d", n, seed).isEqualTo(values.get(n));
        }
    }

    @Test
    void readsBytesAndDomainsOverArrays() {
        SourceUnderTest source = SourceUnderTest.table(database, "bytes");
        source.run(
                "CREATE TABLE bytes (b bytea, bs bytea[], m many, v int2vector)",
                "INSERT INTO bytes VALUES ('\\x00ff10', ARRAY['\\x'::bytea, NULL, '\\x01'], '{a,NULL}', '3 4')");
        Map<String, Object> row = source.records().get(0);
        assertThat(HexFormat.of().formatHex((byte[]) row.get("b"))).isEqualTo("00ff10");
        assertThat((List<?>) row.get("bs")).hasSize(3);
        assertThat(row.get("m")).isEqualTo(Arrays.asList("a", null));
        assertThat(row.get("v")).isEqualTo(List.of(3, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "numeric|NaN",
                "numeric|Infinity",
                "numeric|-Infinity",
                "numeric|100000000000000000000",
                "numeric|0.0000000000000000001",
                "numeric(60,5)|1e40",
                "numeric[]|{1,NaN}",
                "date|infinity",
                "date|-infinity",
                "timestamp|infinity",
                "timestamptz|-infinity",
                "timestamptz|294260-01-01Z",
                "timestamptz[]|{2024-01-01Z,infinity}",
                "int4[]|{{1,2},{3,4}}"
            })
    void rejectsWhatTheColumnTypeCannotHold(String typeAndValue) {
        String type = typeAndValue.split("\\|")[0];
        String value = typeAndValue.split("\\|")[1];
        SourceUnderTest source = SourceUnderTest.table(database, "r_" + Long.toHexString(System.nanoTime()));
        String table = source.table.orElseThrow();
        source.run(
                "CREATE TABLE " + table + " (n int, v " + type + ", after text)",
                "INSERT INTO " + table + " VALUES (1, NULL, 'a'), (2, '" + value + "', 'b'), (3, NULL, 'c')");
        RecordedRejects rejects = new RecordedRejects();
        List<Map<String, Object>> rows = source.records(ExtractRequest.everything(64), rejects);
        assertThat(rows).extracting(row -> row.get("n") + "" + row.get("after")).containsExactly("1a", "3c");
        assertThat(rejects.all()).hasSize(1);
        RecordedRejects.Reject reject = rejects.all().get(0);
        assertThat(reject.column()).isEqualTo("v");
        assertThat(reject.ordinal()).isEqualTo(1);
        assertThat(reject.reason()).isNotBlank();
        if (!type.endsWith("[]") && !value.startsWith("294260") && !value.contains("e")) {
            assertThat(reject.rawValue()).isEqualTo(value);
        }
    }

    @Test
    void refusesUnknownTypesBeforeReadingAndShowsTheCasts() {
        SourceUnderTest source = SourceUnderTest.table(database, "odd");
        source.run(
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE TABLE odd (id int, span interval, cost money, place point, r int4range, p pair)");
        try (Extractor extractor = source.extractor()) {
            assertThatThrownBy(extractor::schema)
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.USER))
                    .hasMessageContaining(
                            "'span' (interval), 'cost' (money), 'place' (point), 'r' (int4range), 'p' (pair)")
                    .hasMessageContaining("SELECT \"id\", \"span\"::text AS \"span\", \"cost\"::numeric AS \"cost\"")
                    .hasMessageContaining("FROM \"public\".\"odd\"");
        }
        SourceUnderTest cast =
                SourceUnderTest.query(database, "SELECT id, span::text AS span, cost::numeric AS cost FROM odd");
        cast.run("INSERT INTO odd VALUES (1, '2 days', 3.5, '(1,2)', '[1,2)', (1,2))");
        assertThat(cast.records()).hasSize(1);
        assertThat(cast.records().get(0)).containsEntry("span", "2 days");
    }

    @Test
    void rejectsBytesThatAreNotTextWhereTheServerDoesNotCheck() throws SQLException {
        SourceUnderTest admin = SourceUnderTest.table(database, "any");
        admin.run("CREATE DATABASE unchecked ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
        Database unchecked =
                new Database("unchecked", database.host(), database.port(), database.user(), database.password());
        SourceUnderTest source = SourceUnderTest.table(unchecked, "raw");
        source.run(
                "CREATE TABLE raw (n int, t text)",
                "INSERT INTO raw VALUES (1, 'plain'), (2, E'\\xff\\xfe'), (3, E'\\xc3\\xa9')");
        RecordedRejects rejects = new RecordedRejects();
        assertThat(source.records(ExtractRequest.everything(10), rejects))
                .extracting("t")
                .containsExactly("plain", "é");
        assertThat(rejects.all()).extracting("rawValue").containsExactly("\\xfffe");
    }
}
