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
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan is worth when the process that made it, and with it the snapshot, is gone. */
class ResumeTest extends InterruptedRuns {
    @Test
    void yieldsExactlyThePlannedRowsWhereOnlyInsertsHappened() {
        Interrupted run = interrupted(2);
        source.run("INSERT INTO t SELECT i, 'later' FROM generate_series(10001, 12000) i");
        assertThat(resumed(run)).containsExactlyInAnyOrderElementsOf(numbers(1, ROWS));
    }

    @Test
    void insertsThatFillFreePlacesOfPlannedBlocksStayOut() {
        // Room in the first blocks, which a vacuum makes known to later inserts.
        source.run("DELETE FROM t WHERE id <= 1000", "VACUUM t", "SELECT pg_stat_force_next_flush()");
        Interrupted run = interrupted(1);
        source.run("INSERT INTO t SELECT i, 'later' FROM generate_series(10001, 10900) i");
        assertThat(resumed(run)).containsExactlyInAnyOrderElementsOf(numbers(1_001, ROWS));
    }

    @Test
    void cutsTheSameSplitsAgainUnderAStoredPin() {
        Interrupted run = interrupted(2);
        source.run("INSERT INTO t SELECT i, 'later' FROM generate_series(10001, 30000) i", "ANALYZE t");
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(run.pin())).isEqualTo(PinState.VALID);
            Plan plan =
                    extractor.plan(new ExtractRequest(Optional.empty(), Optional.empty(), Optional.of(run.pin()), 100));
            assertThat(plan.pin()).isEqualTo(run.pin());
            List<Split> splits = SourceUnderTest.splits(plan);
            assertThat(splits.subList(2, splits.size()))
                    .extracting(Split::id)
                    .isEqualTo(run.unread().stream().map(Split::id).toList());
            List<Map<String, Object>> all = new ArrayList<>();
            splits.forEach(split -> all.addAll(SourceUnderTest.records(extractor, split)));
            assertThat(all).extracting("id").containsExactlyInAnyOrderElementsOf(numbers(1, ROWS));
        }
    }

    @Test
    void anUpdateMakesTheRunBeginAnew() {
        Interrupted run = interrupted(2);
        source.run("UPDATE t SET note = 'moved' WHERE id = 2900");
        assertThat(check(run)).isEqualTo(PinState.RESTART);
    }

    @Test
    void aDeleteMakesTheRunBeginAnew() {
        Interrupted run = interrupted(2);
        source.run("DELETE FROM t WHERE id = 2900");
        assertThat(check(run)).isEqualTo(PinState.RESTART);
    }

    @Test
    void sessionsThatTheRoleMayNotSeeMakeTheRunBeginAnew() throws SQLException {
        source.run(
                "DROP ROLE IF EXISTS blind", "CREATE ROLE blind LOGIN PASSWORD 'blind'", "GRANT SELECT ON t TO blind");
        Interrupted run = interrupted(2);
        source.user = "blind";
        source.password = Optional.of(Secret.of("blind"));
        assertThat(check(run)).isEqualTo(PinState.VALID);
        try (Connection writer = database.connect();
                Statement statement = writer.createStatement()) {
            statement.execute("INSERT INTO t VALUES (20000, 'later')");
            assertThat(check(run)).isEqualTo(PinState.RESTART);
        }
    }

    @Test
    void aPromiseOfInsertsOnlyNeedsNoWitness() {
        Interrupted run = interrupted(2);
        source.run("UPDATE t SET note = 'against the promise' WHERE id = 1");
        source.insertOnly = true;
        assertThat(check(run)).isEqualTo(PinState.VALID);
    }

    @Test
    void aTailThatWasNotReadIsReadAnewWithoutLoss() throws SQLException {
        Interrupted run;
        try (Connection older = database.connect();
                Statement open = older.createStatement()) {
            older.setAutoCommit(false);
            open.execute("INSERT INTO t VALUES (-1, 'open at the plan')");
            source.run("INSERT INTO t SELECT i, 'in the tail' FROM generate_series(5001, 5100) i");
            run = interrupted(2);
            older.commit();
        }
        source.run("INSERT INTO t SELECT i, 'later' FROM generate_series(10001, 10100) i");
        List<Object> expected = new ArrayList<>(numbers(1, ROWS));
        expected.addAll(numbers(5_001, 5_100));
        expected.add(-1L);
        assertThat(resumed(run)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aTableWrittenAnewMakesTheRunBeginAnew() {
        Interrupted full = interrupted(2);
        source.run("VACUUM FULL t");
        assertThat(check(full)).isEqualTo(PinState.RESTART);
        Interrupted truncated = interrupted(2);
        source.run("TRUNCATE t");
        assertThat(check(truncated)).isEqualTo(PinState.RESTART);
    }

    @Test
    void anotherTableOrServerMakesTheRunBeginAnew() throws SQLException {
        Interrupted run = interrupted(2);
        source.run("ALTER TABLE t RENAME TO old", "CREATE TABLE t AS SELECT * FROM old");
        assertThat(check(run)).isEqualTo(PinState.RESTART);
        Database other = EmbeddedPostgres.shared().createDatabase();
        source = SourceUnderTest.table(other, "t");
        source.run("CREATE TABLE t (id bigint, note text)");
        assertThat(check(run)).isEqualTo(PinState.RESTART);
    }

    @Test
    void columnsOfAnotherTypeMakeTheRunBeginAnew() {
        Interrupted run = interrupted(2);
        source.run("ALTER TABLE t ALTER note TYPE varchar(100), ADD more int");
        assertThat(check(run)).isEqualTo(PinState.RESTART);
    }

    @Test
    void viewsAndQueriesBeginAnew() {
        source = SourceUnderTest.query(database, "SELECT * FROM t");
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(100));
            assertThat(plan.repeatability()).isEqualTo(Repeatability.ONCE);
            assertThat(extractor.check(plan.pin())).isEqualTo(PinState.RESTART);
        }
    }

    @Test
    void splitsOfADeadPlanAreStaleWithoutACheck() {
        Interrupted run = interrupted(2);
        try (Extractor extractor = source.extractor()) {
            assertThatThrownBy(() ->
                            SourceUnderTest.records(extractor, run.unread().get(0)))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.STALE));
        }
    }

    @Test
    void anotherProcessReadsSplitsWhileThePlannerLives() {
        try (Extractor planner = source.extractor();
                Extractor worker = source.extractor()) {
            List<Split> splits = SourceUnderTest.splits(planner.plan(ExtractRequest.everything(100)));
            source.run("UPDATE t SET note = 'changed'", "DELETE FROM t WHERE id % 2 = 0");
            List<Map<String, Object>> all = new ArrayList<>();
            splits.forEach(split -> all.addAll(SourceUnderTest.records(worker, split)));
            assertThat(all).extracting("id").containsExactlyInAnyOrderElementsOf(numbers(1, ROWS));
            assertThat(all).extracting("note").containsOnly("as planned");
        }
    }

    @Test
    void goesOnWhenTheSessionOfTheSnapshotDiesInMidRun() throws SQLException {
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(100)));
            List<Map<String, Object>> all = new ArrayList<>(SourceUnderTest.records(extractor, splits.get(0)));
            source.run("INSERT INTO t SELECT i, 'later' FROM generate_series(10001, 10100) i");
            source.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid()");
            splits.subList(1, splits.size()).forEach(split -> all.addAll(SourceUnderTest.records(extractor, split)));
            assertThat(all).extracting("id").containsExactlyInAnyOrderElementsOf(numbers(1, ROWS));
        }
    }
}
