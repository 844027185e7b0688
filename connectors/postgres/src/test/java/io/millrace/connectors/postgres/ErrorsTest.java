package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.extractor.RecordedRejects;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
    private static Database database;

    @BeforeAll
    static void createTables() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        SourceUnderTest.table(database, "any")
                .run(
                        "CREATE SCHEMA other",
                        "CREATE TABLE user_behaviors (event_id bigint, created_at text, day date)",
                        "CREATE TABLE other.orders (id int)",
                        "INSERT INTO user_behaviors SELECT i, 'x' FROM generate_series(1, 1000) i",
                        "CREATE ROLE reader LOGIN PASSWORD 'reading'",
                        "CREATE TABLE granted (id int, hidden text) PARTITION BY RANGE (id)",
                        "CREATE TABLE granted_1 PARTITION OF granted FOR VALUES FROM (0) TO (100)",
                        "CREATE TABLE granted_2 PARTITION OF granted FOR VALUES FROM (100) TO (1000)",
                        "INSERT INTO granted SELECT generate_series(1, 300)",
                        "CREATE TABLE by_column (id int, hidden text)",
                        "INSERT INTO by_column VALUES (7, 'hidden')",
                        "GRANT SELECT ON granted TO reader",
                        "GRANT SELECT (id) ON by_column TO reader");
    }

    private static MillraceException failure(SourceUnderTest source) {
        return failure(source, ExtractRequest.everything(10));
    }

    private static MillraceException failure(SourceUnderTest source, ExtractRequest request) {
        return catchThrowableOfType(MillraceException.class, () -> source.records(request, new RecordedRejects()));
    }

    private static SourceUnderTest table(String name) {
        return SourceUnderTest.table(database, name);
    }

    private static SourceUnderTest asReader(String name) {
        SourceUnderTest source = table(name);
        source.user = "reader";
        source.password = Optional.of(Secret.of("reading"));
        return source;
    }

    @ParameterizedTest
    @CsvSource({
        "user_behaviours, did you mean 'public.user_behaviors'?",
        "orders, there is other.orders",
        "other.order, did you mean 'other.orders'?",
        "ORDERS, there is other.orders",
        "nowhere.zzzzzzzzzzzz, there are "
    })
    void namesTheNearestTable(String table, String hint) {
        MillraceException failure = failure(table(table));
        assertThat(failure.kind()).isEqualTo(ErrorKind.USER);
        assertThat(failure).hasMessageContaining(hint);
    }

    @Test
    void namesTheNearestColumn() {
        MillraceException failure = failure(table("user_behaviors").columns("event_id", "evnt_id"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.USER);
        assertThat(failure).hasMessageContaining("columns: ").hasMessageContaining("did you mean 'event_id'?");
        SourceUnderTest timed = table("user_behaviors");
        timed.timeColumn = Optional.of("creatd_at");
        assertThat(failure(timed)).hasMessageContaining("time_column: ").hasMessageContaining("'created_at'");
    }

    @Test
    void aTimeColumnMustHoldTimes() {
        SourceUnderTest named = table("user_behaviors");
        named.timeColumn = Optional.of("created_at");
        assertThat(failure(named)).hasMessageContaining("'created_at' of public.user_behaviors is text");
        ExtractRequest windowed =
                ExtractRequest.of(TimeWindow.between(Instant.parse("2024-01-01T00:00:00Z"), null), 10);
        assertThat(failure(table("user_behaviors"), windowed).kind()).isEqualTo(ErrorKind.USER);
    }

    @Test
    void tellsAWrongPasswordFromAMissingDatabaseAndAMissingServer() {
        SourceUnderTest wrong = table("user_behaviors");
        wrong.password = Optional.of(Secret.of("hush-hush"));
        MillraceException denied = failure(wrong);
        assertThat(denied.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(denied).hasMessageContaining("refused user 'postgres'").hasMessageNotContaining("hush");

        SourceUnderTest absent = table("user_behaviors");
        absent.url = Optional.of("postgresql://127.0.0.1:" + database.port() + "/absent");
        assertThat(failure(absent).kind()).isEqualTo(ErrorKind.USER);
        assertThat(failure(absent)).hasMessageContaining("no database 'absent'");

        SourceUnderTest down = table("user_behaviors");
        down.url = Optional.of("postgresql://127.0.0.1:1/x");
        assertThat(failure(down).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure(down))
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("Check that the server runs");

        SourceUnderTest unknown = table("user_behaviors");
        unknown.url = Optional.of("postgresql://no-such-host.invalid/x");
        assertThat(failure(unknown).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure(unknown)).hasMessageContaining("'no-such-host.invalid' is unknown");
    }

    @Test
    void aRequiredEncryptionThatTheServerLacksIsAnError() {
        SourceUnderTest source = table("user_behaviors");
        source.sslmode = Optional.of(SslMode.REQUIRE);
        assertThat(failure(source)).hasMessageContaining("SSL");
    }

    @Test
    void tellsMissingRightsByName() {
        MillraceException failure = failure(asReader("user_behaviors"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(failure).hasMessageContaining("Grant user 'reader' SELECT");
    }

    @Test
    void readsThroughTheParentWhereOnlyThatIsGranted() {
        assertThat(asReader("granted").records()).hasSize(300);
    }

    @Test
    void readsSingleColumnsThatAreGranted() {
        assertThat(asReader("by_column").columns("id").records()).containsExactly(Map.of("id", 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM nothing | nothing",
                "SELECT evnt_id FROM user_behaviors | evnt_id",
                "SELECT event_id FROM user_behaviors WHERE | syntax error",
                "WITH gone AS (DELETE FROM user_behaviors RETURNING event_id) SELECT * FROM gone | top level",
                "SELECT nextval('some_sequence') AS n | some_sequence",
                "SELECT 1 AS a, 2 AS a | two columns are named 'a'",
                "SELECT event_id / (event_id - 500) AS q FROM user_behaviors | division by zero"
            })
    void queriesThatFailAreTheUsersTurn(String query, String words) {
        MillraceException failure = failure(SourceUnderTest.query(database, query));
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(ErrorKind.USER);
        assertThat(failure).hasMessageContaining(words);
    }

    @Test
    void queriesCannotWrite() {
        table("any").run("CREATE SEQUENCE numbers");
        MillraceException failure = failure(SourceUnderTest.query(database, "SELECT nextval('numbers') AS n"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.USER);
        assertThat(failure).hasMessageContaining("read-only transaction").hasMessageContaining("must only read");
    }

    @Test
    void aColumnDroppedAfterTheSnapshotWasLostMakesThePlanStale() throws SQLException {
        SourceUnderTest source = table("shrinking");
        source.insertOnly = true;
        source.run("CREATE TABLE shrinking (id int, gone int)", "INSERT INTO shrinking VALUES (1, 1)");
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(10)));
            source.run(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()",
                    "ALTER TABLE shrinking DROP COLUMN gone");
            MillraceException failure = catchThrowableOfType(
                    MillraceException.class, () -> SourceUnderTest.records(extractor, splits.get(0)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.STALE);
            assertThat(failure).hasMessageContaining("gone").hasMessageContaining("begin the run anew");
        }
    }

    @Test
    void aServerThatDiesInMidReadIsUnavailable() throws SQLException {
        SourceUnderTest source = table("large").splitRows(10_000_000);
        source.run("CREATE TABLE large AS SELECT i, repeat('x', 500) AS t FROM generate_series(1, 100000) i");
        try (Extractor extractor = source.extractor()) {
            Split split = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(100)))
                    .get(0);
            try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                assertThat(reader.next()).isNotNull();
                source.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                MillraceException failure = catchThrowableOfType(MillraceException.class, () -> {
                    while (reader.next() != null) {
                        // Until it fails.
                    }
                });
                assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            }
            // And the same split can be read by the next attempt.
            assertThat(SourceUnderTest.records(extractor, split).size()).isEqualTo(100_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "08006, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "40001, UNAVAILABLE",
        "28P01, DENIED",
        "42501, DENIED",
        "42P01, USER",
        "42703, USER",
        "3D000, USER",
        "72000, STALE",
        "XX001, DENIED"
    })
    void sqlStatesSayWhoseTurnItIs(String state, ErrorKind kind) {
        assertThat(ServerErrors.kind(state)).isEqualTo(kind);
    }
}
