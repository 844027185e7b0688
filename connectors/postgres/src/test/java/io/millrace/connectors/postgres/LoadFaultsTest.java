package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.CommitResult;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.StagingWriter;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.loader.DirectRun;
import io.millrace.testkit.loader.NoRejects;
import io.millrace.testkit.loader.StagingRun;
import io.millrace.testkit.network.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and networks that fail at the wrong moment: no row is lost, none is there twice, and the kind tells what to do. */
@Timeout(60)
class LoadFaultsTest {
    private static final Schema SCHEMA = Schema.of(new Field("id", DataType.INT64, false));
    private static final Predicate<byte[]> COMMIT =
            request -> new String(request, StandardCharsets.ISO_8859_1).contains("COMMIT\0");

    private final TargetUnderTest target = TargetUnderTest.fresh();
    private FaultProxy proxy;

    @BeforeEach
    void startProxy() {
        proxy = FaultProxy.before("127.0.0.1", target.database().port());
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    private TargetUnderTest proxied() {
        TargetUnderTest proxied = new TargetUnderTest(target.database()).port(proxy.port());
        proxied.mode = target.mode;
        return proxied;
    }

    private static Batch batch(long from, long to) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id = from; id < to; id++) {
            rows.add(Map.of("id", id));
        }
        return Batch.ofRecords(SCHEMA, rows);
    }

    private void assertLoaded(long rows) {
        assertThat(target.column("SELECT count(*) || ' ' || count(DISTINCT id) FROM target"))
                .containsExactly(rows + " " + rows);
    }

    private static MillraceException failure(ErrorKind kind, ThrowingCallable call) {
        List<MillraceException> caught = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, failure -> {
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            caught.add(failure);
        });
        return caught.get(0);
    }

    private void terminate(String condition) {
        assertThat(target.column("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname ="
                        + " current_database() AND pid <> pg_backend_pid() AND " + condition))
                .contains("true");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBackendKilledInMidCopyLeavesNothingAndTheNextAttemptLoadsAll(boolean upsert) {
        if (upsert) {
            target.upsert(List.of("id"));
        }
        try (DirectRun run = target.run(SCHEMA)) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                writer.write(batch(0, 1000), new NoRejects());
                terminate("query LIKE 'COPY%'");
                failure(ErrorKind.UNAVAILABLE, () -> {
                    writer.write(batch(1000, 200_000), new NoRejects());
                    writer.flush(new NoRejects());
                });
            }
            assertThat(run.find("split-0.0")).isEmpty();
            assertLoaded(0);
            run.load("split-0.0", "note", batch(0, 2000));
        }
        assertLoaded(2000);
    }

    @Test
    void aBackendKilledBeforeTheCommitLeavesTheAnswerToFind() {
        try (DirectRun run = target.run(SCHEMA)) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                DirectRun.write(writer, batch(0, 10));
                terminate("state = 'idle in transaction'");
                failure(ErrorKind.UNAVAILABLE, () -> writer.commit("note"));
            }
            assertThat(run.find("split-0.0")).isEmpty();
            run.load("split-0.0", "note", batch(0, 10));
        }
        assertLoaded(10);
    }

    /** Asks while another attempt has recorded the piece and not committed: the answer waits for what becomes of it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findWaitsForAnAttemptThatMayStillCommit(boolean killed) throws Exception {
        target.run(SCHEMA).close();
        target.execute(
                "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END $$",
                "CREATE TRIGGER wait AFTER INSERT ON millrace.ledger FOR EACH ROW WHEN (new.note = 'note')"
                        + " EXECUTE FUNCTION wait()");
        try (Connection blocker = target.database().connect();
                Statement statement = blocker.createStatement();
                DirectRun run = target.run(SCHEMA);
                DirectWriter writer = run.open("split-0.0", 0)) {
            DirectRun.write(writer, batch(0, 10));
            statement.execute("SELECT pg_advisory_lock(4711)");
            CompletableFuture<String> commit = CompletableFuture.supplyAsync(() -> writer.commit("note"));
            awaitBackend("wait_event = 'advisory'");
            CompletableFuture<Boolean> found =
                    CompletableFuture.supplyAsync(() -> run.find("split-0.0").isPresent());
            awaitBackend("wait_event = 'transactionid'");
            if (killed) {
                terminate("wait_event = 'advisory'");
                assertThatThrownBy(() -> commit.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(MillraceException.class);
            } else {
                statement.execute("SELECT pg_advisory_unlock(4711)");
                assertThat(commit.get(20, TimeUnit.SECONDS)).isEqualTo("note");
            }
            assertThat(found.get(20, TimeUnit.SECONDS)).isEqualTo(!killed);
        }
        assertLoaded(killed ? 0 : 10);
    }

    /** A commit that waits for a standby is decided already: killed there it has happened, and its answer is an error. */
    @Test
    void aBackendKilledInMidCommitLeavesTheAnswerToFind() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection admin = server.connect();
                Statement statement = admin.createStatement()) {
            TargetUnderTest waiting = new TargetUnderTest(server.database());
            try (DirectRun run = waiting.run(SCHEMA);
                    DirectWriter writer = run.open("split-0.0", 0)) {
                DirectRun.write(writer, batch(0, 10));
                statement.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
                statement.execute("SELECT pg_reload_conf()");
                CompletableFuture<String> commit = CompletableFuture.supplyAsync(() -> writer.commit("note"));
                awaitBackend(waiting, "wait_event = 'SyncRep'");
                statement.execute(
                        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
                assertThatThrownBy(() -> commit.get(20, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                                .isEqualTo(ErrorKind.COMMIT_UNKNOWN));
                assertThat(run.find("split-0.0")).contains("note");
            }
            assertThat(waiting.column("SELECT count(*) FROM target")).containsExactly("10");
        }
    }

    private void awaitBackend(String condition) {
        awaitBackend(target, condition);
    }

    private static void awaitBackend(TargetUnderTest target, String condition) {
        String sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND " + condition;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (target.column(sql).equals(List.of("0"))) {
            assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSwallowedCommitAnswerEndsByTheSocketTimeoutAndIsResolved(boolean upsert) {
        if (upsert) {
            target.upsert(List.of("id"));
        }
        TargetUnderTest proxied = proxied();
        proxied.socketTimeout = Duration.ofSeconds(2);
        try (DirectRun run = new DirectRun(proxied.direct(), SCHEMA, TargetUnderTest.LINEAGE, "run-1")) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                DirectRun.write(writer, batch(0, 100));
                proxy.loseAnswerTo(request -> {
                    if (COMMIT.test(request)) {
                        proxy.swallowAnswers();
                    }
                    return false;
                });
                MillraceException failure = failure(ErrorKind.COMMIT_UNKNOWN, () -> writer.commit("note"));
                assertThat(failure).hasMessageContaining("millrace.ledger");
            }
            proxy.heal();
            assertThat(run.find("split-0.0")).contains("note");
            assertThat(run.load("split-0.0", "again", batch(0, 100))).isEqualTo("note");
        }
        assertLoaded(100);
    }

    @Test
    void aCommitThatNeverArrivedDidNotHappen() {
        TargetUnderTest proxied = proxied();
        try (DirectRun run = new DirectRun(proxied.direct(), SCHEMA, TargetUnderTest.LINEAGE, "run-1")) {
            try (DirectWriter writer = run.open("split-0.0", 0)) {
                DirectRun.write(writer, batch(0, 100));
                proxy.loseAnswerTo(request -> {
                    if (COMMIT.test(request)) {
                        proxy.resetAfterRequests(0);
                    }
                    return false;
                });
                failure(ErrorKind.COMMIT_UNKNOWN, () -> writer.commit("note"));
            }
            proxy.heal();
            assertThat(run.find("split-0.0")).isEmpty();
            assertThat(run.load("split-0.0", "again", batch(0, 100))).isEqualTo("again");
        }
        assertLoaded(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 20_000, 300_000})
    void aConnectionCutAnywhereInTheRowsLeavesNothing(long bytes) {
        TargetUnderTest proxied = proxied();
        try (DirectRun run = new DirectRun(proxied.direct(), SCHEMA, TargetUnderTest.LINEAGE, "run-1")) {
            DirectWriter writer = run.open("split-0.0", 0);
            proxy.resetAfterRequests(bytes);
            failure(ErrorKind.UNAVAILABLE, () -> {
                writer.write(batch(0, 50_000), new NoRejects());
                writer.flush(new NoRejects());
            });
            writer.close();
            proxy.heal();
            run.load("split-0.0", "note", batch(0, 50_000));
        }
        assertLoaded(50_000);
    }

    @Test
    void theReplacementWhoseAnswerWasLostIsFoundDone() {
        target.mode(new Overwrite());
        try (StagingRun run = new StagingRun(proxied().staging(), SCHEMA, TargetUnderTest.LINEAGE, "run-1")) {
            var staged = run.stage("split-0.0", batch(0, 100));
            proxy.loseAnswerTo(COMMIT);
            failure(ErrorKind.COMMIT_UNKNOWN, () -> run.commit(staged));
            assertThat(run.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
            run.cleanup();
        }
        assertLoaded(100);
        assertThat(target.tables()).noneMatch(table -> table.contains("stage_"));
    }

    @Test
    void aStagedPieceWhoseAnswerWasLostIsStagedAgainAndCountsOnce() {
        target.mode(new Overwrite());
        try (StagingRun run = new StagingRun(proxied().staging(), SCHEMA, TargetUnderTest.LINEAGE, "run-1")) {
            StagingWriter writer = run.open("split-0.0", 0);
            writer.write(batch(0, 100), new NoRejects());
            proxy.loseAnswerTo(COMMIT);
            failure(ErrorKind.UNAVAILABLE, writer::stage);
            writer.close();
            run.commit(run.stage("split-0.0", batch(0, 100)));
            run.cleanup();
        }
        assertLoaded(100);
    }

    @Test
    void aDeadlockAndAnotherSessionsLockMayBeTriedAgain() {
        assertThat(ServerErrors.kind("40P01")).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(ServerErrors.kind("40001")).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(ServerErrors.kind("55P03")).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    /** Two pieces that upsert the same keys, each in another order of arrival, go through them in the same order. */
    @Test
    void piecesThatUpsertTheSameKeysDoNotDeadlock() throws Exception {
        target.upsert(List.of("id"));
        List<Map<String, Object>> descending = new ArrayList<>();
        for (long id = 20_000; id > 0; id--) {
            descending.add(Map.of("id", id));
        }
        Batch backwards = Batch.ofRecords(SCHEMA, descending);
        Batch forwards = batch(1, 20_001);
        try (DirectRun run = target.run(SCHEMA)) {
            List<CompletableFuture<String>> loads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String piece = "split-" + i + ".0";
                Batch batch = i % 2 == 0 ? forwards : backwards;
                loads.add(CompletableFuture.supplyAsync(() -> run.load(piece, piece, batch)));
            }
            for (CompletableFuture<String> load : loads) {
                load.get(50, TimeUnit.SECONDS);
            }
        }
        assertLoaded(20_000);
    }
}
