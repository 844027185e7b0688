package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is new since the previous increment, by transaction ids. */
class IncrementTest {
    private Database database;
    private SourceUnderTest source;
    private Increments increments;

    @BeforeEach
    void createTable() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        source = SourceUnderTest.table(database, "t").splitRows(400);
        source.incremental = Optional.of(new BySnapshot());
        increments = new Increments(source);
        source.run("CREATE TABLE t (id bigint, note text, created_at timestamptz DEFAULT now())", rows(1, 3));
    }

    private static String rows(long first, long last) {
        return "INSERT INTO t SELECT i, 'n' FROM generate_series(" + first + ", " + last + ") i";
    }

    private static Object[] numbers(long... numbers) {
        return Arrays.stream(numbers).boxed().toArray();
    }

    @Test
    void theFirstTakesEverythingAndTheNextOnlyWhatIsNew() {
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(1, 2, 3));
        assertThat(increments.warnings()).isEmpty();
        assertThat(increments.nextIds()).isEmpty();
        source.run(rows(4, 5));
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(4, 5));
        assertThat(increments.nextIds()).isEmpty();
    }

    @Test
    void updatedRowsComeAgainAndDeletedOnesAreNotSeen() {
        increments.next();
        source.run("UPDATE t SET note = 'changed' WHERE id = 2", "DELETE FROM t WHERE id = 3");
        assertThat(increments.next()).extracting("note").containsExactly("changed");
    }

    @Test
    void rowsThatCommitLateAndThoseWrittenUnderSavepointsAreNotLost() throws SQLException {
        increments.next();
        try (Connection open = database.connect();
                Statement writer = open.createStatement()) {
            open.setAutoCommit(false);
            writer.execute("INSERT INTO t VALUES (10, 'first')");
            open.setSavepoint();
            writer.execute("INSERT INTO t VALUES (11, 'under a savepoint')");
            source.run(rows(12, 12));
            assertThat(increments.nextIds()).as("while a transaction is open").isEmpty();
            assertThat(increments.warnings().get(0))
                    .contains("waits for the next increment", "session ", database.user());
            open.commit();
        }
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(10, 11, 12));
    }

    @Test
    void namesAPreparedTransactionThatHoldsRowsBack() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setting("max_prepared_transactions", "2")
                .start()) {
            SourceUnderTest prepared = SourceUnderTest.table(server.createDatabase(), "t");
            prepared.incremental = source.incremental;
            prepared.run("CREATE TABLE t (id bigint)", "BEGIN", "INSERT INTO t VALUES (1)");
            prepared.run("BEGIN", "INSERT INTO t VALUES (2)", "PREPARE TRANSACTION 'left ''behind'");
            prepared.run("INSERT INTO t VALUES (3)");
            Increments held = new Increments(prepared);
            assertThat(held.nextIds()).isEmpty();
            assertThat(held.warnings().get(0)).contains("the prepared transaction 'left ''behind'");
            prepared.run("COMMIT PREPARED 'left ''behind'");
            assertThat(held.nextIds()).containsExactlyInAnyOrder(2L, 3L);
        }
    }

    @Test
    void aWindowIsAllRowsOfTheWindowAndMovesNothing() {
        increments.next();
        TimeWindow window = new TimeWindow(Optional.of(Instant.parse("2000-01-01T00:00:00Z")), Optional.empty());
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.of(Optional.of(window), 100));
            assertThat(plan.nextPosition()).isEmpty();
            List<Map<String, Object>> rows = new ArrayList<>();
            SourceUnderTest.splits(plan).forEach(split -> rows.addAll(SourceUnderTest.records(extractor, split)));
            assertThat(rows).hasSize(3);
        }
        assertThat(increments.nextIds()).isEmpty();
    }

    @Test
    void readsPartitionsOneByOneAlsoThoseThatComeAndGo() {
        source.run(
                "DROP TABLE t",
                "CREATE TABLE t (id bigint, note text, created_at timestamptz DEFAULT now()) PARTITION BY RANGE (id)",
                "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20)",
                rows(1, 2),
                rows(11, 12),
                "CREATE TABLE loaded (LIKE t)",
                "INSERT INTO loaded VALUES (21, 'written before the first increment')");
        increments = new Increments(source);
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(1, 2, 11, 12));
        source.run("ALTER TABLE t ATTACH PARTITION loaded FOR VALUES FROM (20) TO (30)", rows(3, 3));
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(3, 21));
        source.run("ALTER TABLE t DETACH PARTITION t2", "INSERT INTO t2 VALUES (13, 'while away')");
        assertThat(increments.nextIds()).isEmpty();
        source.run("ALTER TABLE t ATTACH PARTITION t2 FOR VALUES FROM (10) TO (20)");
        assertThat(increments.nextIds()).containsExactly(numbers(13));
        source.run("DROP TABLE t1");
        assertThat(increments.nextIds()).isEmpty();
    }

    @Test
    void aWindowOfDelaySparesOldRowsButNotThoseOfAnOpenTransaction() throws SQLException {
        source.maxDelay = Optional.of(Duration.ofHours(1));
        increments.next();
        source.run("INSERT INTO t VALUES (4, 'against the promise', now() - interval '2 hours')");
        try (Connection open = database.connect();
                Statement writer = open.createStatement()) {
            open.setAutoCommit(false);
            writer.execute("INSERT INTO t VALUES (5, 'late', now() - interval '30 minutes'), (6, 'timeless', NULL)");
            assertThat(increments.nextIds()).isEmpty();
            open.commit();
        }
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(5, 6));
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = SourceUnderTest.splits(extractor.plan(increments.request()));
            source.run(rows(7, 7));
            assertThat(splits).allSatisfy(split -> assertThat(split.payload()).contains("created_at"));
        }
    }

    @Test
    void theWindowOfDelayBeginsWhereTheOldestOpenTransactionDid() throws SQLException {
        increments.next();
        Instant quiet = writtenAfter();
        Instant began;
        try (Connection open = database.connect();
                Statement writer = open.createStatement()) {
            open.setAutoCommit(false);
            writer.execute("INSERT INTO t VALUES (4)");
            try (ResultSet row = writer.executeQuery("SELECT now()")) {
                row.next();
                began = row.getObject(1, OffsetDateTime.class).toInstant();
            }
            // Nobody has begun after it: in the snapshot it is not even open yet.
            increments.next();
            assertThat(writtenAfter()).isEqualTo(began);
            source.run(rows(5, 5));
            increments.next();
            assertThat(writtenAfter()).isEqualTo(began).isAfter(quiet);
            open.rollback();
        }
        increments.next();
        assertThat(writtenAfter()).isAfter(began);
    }

    private Instant writtenAfter() {
        return Position.parse(increments.position().orElseThrow())
                .flatMap(Position::writtenAfter)
                .orElseThrow();
    }

    @Test
    void anInterruptedIncrementGoesOnWithWhatHasNotChangedAndTheNextBringsTheRest() {
        increments.next();
        source.run("ALTER TABLE t SET (autovacuum_enabled = off)", rows(1001, 4000), "ANALYZE t");
        List<Object> read = new ArrayList<>();
        List<Split> unread;
        Plan plan;
        try (Extractor extractor = source.extractor()) {
            plan = extractor.plan(increments.request());
            assertThat(plan.repeatability()).isEqualTo(Repeatability.BOUNDED_REPEATABLE);
            List<Split> splits = SourceUnderTest.splits(plan);
            assertThat(splits.size()).isGreaterThan(4);
            read.addAll(ids(extractor, splits.subList(0, 2)));
            unread = splits.subList(2, splits.size());
        }
        source.run(
                "UPDATE t SET note = 'moved' WHERE id IN (1001, 3999)",
                "DELETE FROM t WHERE id = 4000",
                rows(5000, 5000));
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(plan.pin())).isEqualTo(PinState.SUBSET);
            read.addAll(ids(extractor, unread));
        }
        increments.finished(plan);
        assertThat(read).doesNotHaveDuplicates().hasSize(2998).doesNotContain(numbers(3999, 4000, 5000));
        assertThat(increments.nextIds()).containsExactlyInAnyOrder(numbers(1001, 3999, 5000));
    }

    @Test
    void anInterruptedIncrementOfWhichNothingChangedIsExact() {
        increments.next();
        source.run(rows(4, 6));
        Plan plan;
        List<Split> splits;
        try (Extractor extractor = source.extractor()) {
            plan = extractor.plan(increments.request());
            splits = SourceUnderTest.splits(plan);
        }
        source.run(rows(7, 9));
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(plan.pin())).isEqualTo(PinState.VALID);
            assertThat(ids(extractor, splits)).containsExactlyInAnyOrder(numbers(4, 5, 6));
        }
    }

    private static List<Object> ids(Extractor extractor, List<Split> splits) {
        List<Object> ids = new ArrayList<>();
        splits.forEach(split -> SourceUnderTest.records(extractor, split).forEach(row -> ids.add(row.get("id"))));
        return ids;
    }

    @Test
    void refusesToGoOnWhereTransactionIdsMeanSomethingElse() throws SQLException {
        increments.next();
        String position = increments.position().orElseThrow();
        source.run("TRUNCATE t");
        refused("written anew");
        source.run("ALTER TABLE t RENAME TO old", "CREATE TABLE t AS SELECT * FROM old");
        refused("another table of this name");

        increments.position(position.replaceFirst("system=\\d+", "system=1"));
        refused("another server");
        increments.position(position.replaceFirst("database=\\d+", "database=1"));
        refused("another server or database");
    }

    @Test
    void refusesToGoOnAfterTooManyTransactions() {
        increments.next();
        Position position = Position.parse(increments.position().orElseThrow()).orElseThrow();
        long longAgo = position.horizon().xmin() - (1L << 31);
        Map<Long, Position.Mark> marks = new TreeMap<>();
        position.marks().forEach((oid, mark) -> marks.put(oid, new Position.Mark(mark.filenode(), longAgo)));
        increments.position(new Position(
                        position.system(),
                        position.timeline(),
                        position.database(),
                        position.relation(),
                        new Horizon(longAgo, longAgo, longAgo + ":" + longAgo + ":"),
                        marks,
                        Optional.empty())
                .text());
        refused("2^31");
    }

    private void refused(String why) {
        assertThatThrownBy(increments::next)
                .isInstanceOfSatisfying(
                        MillraceException.class, user -> assertThat(user.kind()).isEqualTo(ErrorKind.USER))
                .hasMessageContaining(why)
                .hasMessageContaining("--full");
    }

    @Test
    void aServerThatLagsBehindHasNothingYet() {
        increments.next();
        Position position = Position.parse(increments.position().orElseThrow()).orElseThrow();
        long ahead = position.horizon().xmin() + 1000;
        String text = new Position(
                        position.system(),
                        position.timeline(),
                        position.database(),
                        position.relation(),
                        new Horizon(ahead, ahead, ahead + ":" + ahead + ":"),
                        position.marks(),
                        Optional.empty())
                .text();
        increments.position(text);
        source.run(rows(4, 5));
        assertThat(increments.nextIds()).isEmpty();
        assertThat(increments.warnings().get(0)).contains("behind");
        assertThat(increments.position()).contains(text);
    }

    @Test
    void aPromotionIsAWarning() {
        increments.next();
        increments.position(increments.position().orElseThrow().replaceFirst("timeline=\\d+", "timeline=77"));
        source.run(rows(4, 4));
        assertThat(increments.nextIds()).containsExactly(numbers(4));
        assertThat(increments.warnings().get(0)).contains("promoted", "timeline 77");
    }

    @Test
    void refusesWhatHasNoVersions() {
        source.run("CREATE VIEW v AS SELECT * FROM t");
        assertNoVersions(SourceUnderTest.table(database, "v"), "a view");
        source.run(
                "DROP ROLE IF EXISTS narrow",
                "CREATE ROLE narrow LOGIN PASSWORD 'narrow'",
                "GRANT SELECT (id) ON t TO narrow",
                "CREATE TABLE p (id bigint) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p DEFAULT",
                "GRANT SELECT ON p TO narrow");
        SourceUnderTest narrow = SourceUnderTest.table(database, "t").columns("id");
        narrow.user = "narrow";
        narrow.password = Optional.of(Secret.of("narrow"));
        assertNoVersions(narrow, "only columns are granted");
        SourceUnderTest parent = SourceUnderTest.table(database, "p");
        parent.user = "narrow";
        parent.password = Optional.of(Secret.of("narrow"));
        assertNoVersions(parent, "grant SELECT on every partition");
    }

    private static void assertNoVersions(SourceUnderTest source, String why) {
        source.incremental = Optional.of(new BySnapshot());
        assertThatThrownBy(() -> new Increments(source).next())
                .isInstanceOfSatisfying(
                        MillraceException.class, user -> assertThat(user.kind()).isEqualTo(ErrorKind.USER))
                .hasMessageContaining(why)
                .hasMessageContaining("overlap");
    }
}
