package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ConnectorContext;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresLookupTest {
    private static Database database;

    @BeforeAll
    static void createTables() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest.table(database, "items")
                .run(
                        "CREATE TYPE shade AS ENUM ('red', 'blue')",
                        "CREATE TABLE items (id int PRIMARY KEY, title text NOT NULL, price numeric(8,2))",
                        "INSERT INTO items SELECT i, 'item ' || i, CASE WHEN i % 3 > 0 THEN i / 4.0 END"
                                + " FROM generate_series(1, 20000) i",
                        "ANALYZE items",
                        "CREATE TABLE pairs (a text, b bigint, c text)",
                        "INSERT INTO pairs VALUES ('x', 1, 'x1'), ('x', 2, 'x2'), ('q\"\\,{}', 3, 'odd'), (NULL, 4, 'null')",
                        "CREATE TABLE keys (s smallint, i int, l bigint, n numeric, t text, v varchar(3), p char(4),"
                                + " u uuid, m shade, d date, z timestamptz, w timestamp, f boolean, hit text)",
                        "INSERT INTO keys VALUES (7, 7, 7, 7, 'seven', 'sev', 'sv', '123e4567-e89b-12d3-a456-426614174000',"
                                + " 'red', '2024-01-07', '2024-01-07 07:00Z', '2024-01-07 07:00', true, 'hit')");
    }

    private static Lookup lookup(String table, String... columns) {
        return new PostgresLookupSource()
                .create(
                        new PostgresLookupSettings(
                                Optional.of(database.url()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                database.user(),
                                Optional.of(Secret.of(database.password())),
                                table,
                                List.of(columns),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(1),
                                Map.of()),
                        new ConnectorContext(Path.of("."), RetryPolicy.NONE));
    }

    private static Batch keys(String name, DataType type, Object... values) {
        Schema schema = Schema.of(Field.of(name, type));
        List<Map<String, Object>> records = new ArrayList<>();
        for (Object value : values) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put(name, value);
            records.add(record);
        }
        return Batch.ofRecords(schema, records);
    }

    @Test
    void answersStandWhereTheirKeysDo() {
        try (Lookup lookup = lookup("items", "title", "price")) {
            assertThat(lookup.schema())
                    .isEqualTo(
                            Schema.of(Field.of("title", DataType.STRING), Field.of("price", DataType.decimal(8, 2))));
            BitSet missing = new BitSet();
            missing.set(0);
            Batch found = lookup.find(keys("id", DataType.INT64, 5L, 0L, 5L, null, 3L, 5_000_000_000L), missing);
            assertThat(found.schema()).isEqualTo(lookup.schema());
            assertThat(found.columns().get(0).value(0)).isEqualTo("item 5");
            assertThat(found.records())
                    .extracting(record -> record.get("title"))
                    .containsExactly("item 5", null, "item 5", null, "item 3", null);
            assertThat(found.record(4).get("price")).isNull();
            assertThat(missing.stream()).containsExactly(1, 3, 5);
            missing.clear();
            lookup.find(keys("id", DataType.INT64, 1L), missing);
            assertThat(missing.isEmpty()).isTrue();
            assertThat(lookup.find(keys("id", DataType.INT64), missing).rowCount())
                    .isZero();
        }
    }

    @Test
    void wholeBatchesAreAnsweredAgainAndAgain() {
        long seed = Long.getLong("millrace.seed", 5L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (Lookup lookup = lookup("items", "id", "title")) {
            for (int round = 0; round < 5; round++) {
                Object[] ids = random.longs(8192, -2_000, 22_000).boxed().toArray();
                BitSet missing = new BitSet();
                Batch found = lookup.find(keys("id", DataType.INT64, ids), missing);
                assertThat(found.rowCount()).isEqualTo(8192);
                for (int row = 0; row < ids.length; row++) {
                    long id = (Long) ids[row];
                    boolean there = id >= 1 && id <= 20_000;
                    assertThat(missing.get(row)).isEqualTo(!there);
                    assertThat(found.column(1).value(row)).isEqualTo(there ? "item " + id : null);
                }
            }
        }
    }

    @Test
    void keysMayHaveSeveralColumnsAndOddTexts() {
        Schema schema = Schema.of(Field.of("a", DataType.STRING), Field.of("b", DataType.INT32));
        Batch keys = Batch.ofRecords(
                schema,
                List.of(
                        Map.of("a", "x", "b", 2),
                        Map.of("a", "q\"\\,{}", "b", 3),
                        Map.of("a", "x", "b", 3),
                        Map.of("b", 4),
                        Map.of("a", "NULL", "b", 4),
                        Map.of("a", "x\0", "b", 1)));
        BitSet missing = new BitSet();
        try (Lookup lookup = lookup("pairs", "c")) {
            assertThat(lookup.find(keys, missing).records())
                    .extracting(record -> record.get("c"))
                    .containsExactly("x2", "odd", null, null, null, null);
        }
        assertThat(missing.stream()).containsExactly(2, 3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "s, int64, 7, 70000",
        "i, int64, 7, 5000000000",
        "l, int32, 7, 8",
        "n, int64, 7, 8",
        "'n', 'decimal(5,2)', 7.00, 7.01",
        "l, 'decimal(5,2)', 7.00, 7.01",
        "t, string, seven, eight",
        "v, string, sev, seven",
        "p, string, sv, s",
        "u, string, 123E4567-E89B-12D3-A456-426614174000, no uuid",
        "m, string, red, green",
        "d, date, 2024-01-07, 2024-01-08",
        "z, timestamp, 2024-01-07T07:00:00Z," + " 2024-01-07T07:00:01Z",
        "w, timestamp, 2024-01-07T07:00:00Z, 2024-01-07T07:00:01Z",
        "f, boolean, true, false"
    })
    void keysOfAllTypesHitAndMiss(String column, String type, String hit, String miss) {
        DataType keyType = DataType.parse(type).orElseThrow();
        BitSet missing = new BitSet();
        try (Lookup lookup = lookup("keys", "hit")) {
            Batch found = lookup.find(keys(column, keyType, value(keyType, hit), value(keyType, miss)), missing);
            assertThat(found.records()).extracting(record -> record.get("hit")).containsExactly("hit", null);
        }
        assertThat(missing.stream()).containsExactly(1);
    }

    private static Object value(DataType type, String text) {
        return switch (type.kind()) {
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case DECIMAL -> new java.math.BigDecimal(text);
            case STRING -> text;
            case BOOLEAN -> Boolean.valueOf(text);
            case DATE -> java.time.LocalDate.parse(text);
            case TIMESTAMP -> java.time.Instant.parse(text);
            case FLOAT64, BINARY, JSON, LIST -> throw new AssertionError(type);
        };
    }

    private static void assertRefused(String table, Batch keys, String message) {
        try (Lookup lookup = lookup(table)) {
            assertThatThrownBy(() -> lookup.find(keys, new BitSet()))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.USER))
                    .hasMessageContaining(message);
        }
    }

    @Test
    void keysThatCannotBeRightAreRefused() {
        assertRefused("pairs", keys("a", DataType.STRING, "x"), "holds a key twice in (a)");
        assertRefused("items", keys("idd", DataType.INT64, 1L), "did you mean 'id'?");
        assertRefused(
                "items", keys("title", DataType.INT64, 1L), "cannot be compared with column 'title', which is text");
        assertRefused("itemz", keys("id", DataType.INT64, 1L), "did you mean 'public.items'?");
    }

    @Test
    void aLookupGoesOnAfterItsSessionWasEnded() throws SQLException {
        try (Lookup lookup = lookup("items", "title")) {
            lookup.find(keys("id", DataType.INT64, 1L), new BitSet());
            SourceUnderTest.table(database, "items")
                    .run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname ="
                            + " current_database() AND pid <> pg_backend_pid()");
            assertThatThrownBy(() -> lookup.find(keys("id", DataType.INT64, 1L), new BitSet()))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.UNAVAILABLE));
            assertThat(lookup.find(keys("id", DataType.INT64, 2L), new BitSet())
                            .record(0)
                            .get("title"))
                    .isEqualTo("item 2");
        }
    }
}
