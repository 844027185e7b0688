package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.extractor.RecordedRejects.Reject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableReadingTest {
    private static Database database;

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
    }

    private static SourceUnderTest table(String name) {
        return SourceUnderTest.table(database, name);
    }

    private static List<Object> ids(List<Map<String, Object>> records) {
        return records.stream().map(record -> record.get("id")).toList();
    }

    private static List<Object> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).<Object>mapToObj(n -> n).toList();
    }

    @Test
    void readsEveryRowOnceOverManySplits() {
        SourceUnderTest source = table("many").splitRows(1_000);
        source.run(
                "CREATE TABLE many AS SELECT i::bigint AS id, repeat('x', 50) AS text FROM generate_series(1, 20000) i",
                "ANALYZE many");
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(300)));
            assertThat(splits.size()).isBetween(15, 40);
            assertThat(splits.stream().mapToLong(Split::estimatedRows).sum()).isBetween(15_000L, 25_000L);
            List<Map<String, Object>> all = new ArrayList<>();
            splits.forEach(split -> all.addAll(SourceUnderTest.records(extractor, split)));
            assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(numbers(1, 20_000));
            assertThat(extractor.rowCount()).hasValue(20_000);
        }
    }

    @Test
    void readsTheLeavesOfAPartitionedTableAndOfSubpartitions() {
        SourceUnderTest source = table("parted").splitRows(500);
        source.run(
                "CREATE TABLE parted (id bigint, region text) PARTITION BY LIST (region)",
                "CREATE TABLE parted_a PARTITION OF parted FOR VALUES IN ('a')",
                "CREATE TABLE parted_b PARTITION OF parted FOR VALUES IN ('b') PARTITION BY RANGE (id)",
                "CREATE TABLE parted_b1 (region text, note text DEFAULT 'other layout', id bigint)",
                "ALTER TABLE parted_b1 DROP COLUMN note",
                "ALTER TABLE parted_b ATTACH PARTITION parted_b1 FOR VALUES FROM (0) TO (1000)",
                "CREATE TABLE parted_b2 PARTITION OF parted_b FOR VALUES FROM (1000) TO (10000)",
                "CREATE TABLE parted_empty PARTITION OF parted FOR VALUES IN ('c')",
                "INSERT INTO parted SELECT i, CASE WHEN i % 3 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 3000) i");
        assertThat(ids(source.records())).containsExactlyInAnyOrderElementsOf(numbers(1, 3_000));
    }

    @Test
    void readsInheritedTablesAsAQueryWould() {
        SourceUnderTest source = table("parent");
        source.run(
                "CREATE TABLE parent (id bigint)",
                "CREATE TABLE child (extra text) INHERITS (parent)",
                "INSERT INTO parent SELECT generate_series(1, 10)",
                "INSERT INTO child SELECT generate_series(11, 20), 'x'");
        assertThat(ids(source.records())).containsExactlyInAnyOrderElementsOf(numbers(1, 20));
    }

    @Test
    void keepsTablesOfTheSameNameInDifferentSchemasApart() {
        SourceUnderTest one = table("one.same");
        one.run(
                "CREATE SCHEMA one",
                "CREATE SCHEMA two",
                "CREATE TABLE one.same (id bigint)",
                "CREATE TABLE two.same (id int NOT NULL, more text)",
                "INSERT INTO one.same VALUES (1)",
                "INSERT INTO two.same VALUES (2), (3)");
        try (Extractor two = table("two.same").extractor();
                Extractor first = one.extractor()) {
            assertThat(two.schema())
                    .isEqualTo(Schema.of(new Field("id", DataType.INT32, false), Field.of("more", DataType.STRING)));
            assertThat(first.schema()).isEqualTo(Schema.of(Field.of("id", DataType.INT64)));
            assertThat(first.rowCount()).hasValue(1);
            assertThat(two.rowCount()).hasValue(2);
        }
    }

    @Test
    void readsOnlyTheColumnsAskedForInTheirOrder() {
        SourceUnderTest source = table("wide").columns("c", "a\"b");
        source.run(
                "CREATE TABLE wide (\"a\"\"b\" int, unread interval, c text)",
                "INSERT INTO wide VALUES (1, '1 day', 'x')");
        assertThat(source.records()).containsExactly(Map.of("c", "x", "a\"b", 1));
        assertThat(source.records().get(0).keySet()).containsExactly("c", "a\"b");
    }

    @Test
    void deliversWhatTheSnapshotShowsThoughAnOlderTransactionIsOpen() throws SQLException {
        SourceUnderTest source = table("tail").splitRows(100);
        source.run("CREATE TABLE tail (id bigint)", "INSERT INTO tail SELECT generate_series(1, 1000)");
        try (Connection older = database.connect();
                Statement open = older.createStatement()) {
            older.setAutoCommit(false);
            open.execute("INSERT INTO tail VALUES (-1)");
            source.run("INSERT INTO tail SELECT generate_series(1001, 1500)");
            try (Extractor extractor = source.extractor()) {
                Plan plan = extractor.plan(ExtractRequest.everything(100));
                List<Split> splits = SourceUnderTest.splits(plan);
                assertThat(splits.get(splits.size() - 1).id()).isEqualTo("tail");
                older.commit();
                source.run("INSERT INTO tail VALUES (-2)");
                List<Map<String, Object>> all = new ArrayList<>();
                splits.forEach(split -> all.addAll(SourceUnderTest.records(extractor, split)));
                assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(numbers(1, 1_500));
                assertThat(ids(SourceUnderTest.records(extractor, splits.get(splits.size() - 1))))
                        .containsExactlyInAnyOrderElementsOf(numbers(1_001, 1_500));
            }
        }
    }

    @Test
    void readsViewsAndQueries() {
        SourceUnderTest view = table("small_view");
        view.run(
                "CREATE TABLE small (id bigint, price numeric(10,2), note text)",
                "INSERT INTO small SELECT i, i / 4.0, 'it''s ?' FROM generate_series(1, 100) i",
                "CREATE VIEW small_view AS SELECT id FROM small WHERE id > 90");
        assertThat(ids(view.records())).containsExactlyInAnyOrderElementsOf(numbers(91, 100));
        SourceUnderTest query = SourceUnderTest.query(
                database, "SELECT id, price, '{\"a\":1}'::jsonb ? 'a' AS has FROM small WHERE note LIKE '%?' -- all");
        query.splitBy = Optional.of("id");
        query.splitRows(7);
        assertThat(ids(query.records())).containsExactlyInAnyOrderElementsOf(numbers(1, 100));
        try (Extractor extractor = query.extractor()) {
            assertThat(extractor.schema().fields())
                    .containsExactly(
                            Field.of("id", DataType.INT64),
                            Field.of("price", DataType.decimal(10, 2)),
                            Field.of("has", DataType.BOOLEAN));
            assertThat(SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(10)))
                            .size())
                    .isGreaterThan(1);
        }
    }

    @Test
    void leavesOutRowsThatNoBatchCanHoldAndCountsThem() {
        SourceUnderTest source = table("bad");
        source.run(
                "CREATE TABLE bad (id bigint, at timestamptz, tags int[])",
                "INSERT INTO bad VALUES (0, 'infinity', NULL), (1, '2024-01-01Z', '{1,2}'), (2, '2024-01-02Z', '{{1},{2}}'),"
                        + " (3, NULL, '{3}'), (4, '-infinity', '{}'), (5, NULL, NULL)");
        RecordedRejects rejects = new RecordedRejects();
        List<Map<String, Object>> records = source.records(ExtractRequest.everything(100), rejects);
        assertThat(ids(records)).containsExactly(1L, 3L, 5L);
        assertThat(records).extracting("tags").containsExactly(List.of(1, 2), List.of(3), null);
        assertThat(rejects.all())
                .extracting(Reject::ordinal, Reject::column, Reject::rawValue)
                .containsExactly(
                        tuple(0L, "at", "infinity"),
                        tuple(2L, "tags", rejects.all().get(1).rawValue()),
                        tuple(4L, "at", "-infinity"));
    }
}
