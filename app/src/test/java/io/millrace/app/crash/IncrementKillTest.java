package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Increments from a table that is being written to, killed at random places: every row arrives, none twice. */
class IncrementKillTest {
    private static final String PIPELINE =
            """
            pipeline: crash
            extract:
              postgres:
                url: ${env:PGURL}
                user: ${env:PGUSER}
                password: ${env:PGPASSWORD}
                table: public.events
                split_rows: 400
                incremental: snapshot
            load:
              %s
            run: {parallelism: 2, batch_rows: 100}
            """;
    private static final String FILES = "parquet: {path: lake}";
    private static final String TABLE =
            "postgres: {url: \"${env:PGURL}\", user: \"${env:PGUSER}\", password: \"${env:PGPASSWORD}\", table: public.loaded}";
    private static final List<Failpoint> PLACES = List.of(
            Failpoint.AFTER_PLAN,
            Failpoint.MID_READ,
            Failpoint.BEFORE_STAGE,
            Failpoint.AFTER_STAGE,
            Failpoint.BEFORE_COMMIT,
            Failpoint.MID_COMMIT,
            Failpoint.AFTER_COMMIT);

    @TempDir
    Path folder;

    private Database database;
    private Workspace workspace;
    private long rows;

    @BeforeEach
    void createTable() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        run("CREATE TABLE events (event_id bigint, created_at timestamptz DEFAULT now())");
        insert(1_000);
        workspace = Workspace.create(folder, database, String.format(PIPELINE, FILES));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void insert(int count) throws SQLException {
        run("INSERT INTO events SELECT i FROM generate_series(" + (rows + 1) + ", " + (rows + count)
                + ") i; ANALYZE events");
        rows += count;
    }

    private JsonNode done(String... more) {
        ChildExit exit = workspace.run(more).run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        return Workspace.report(exit);
    }

    private void assertAllArrivedOnce() {
        assertThat(new Lake(workspace.target()).rowsAndKeys("true")).isEqualTo(List.of(rows, rows));
    }

    @Test
    void everyRowArrivesOnceWhereverAnIncrementIsKilled() throws SQLException {
        killAndGoOn();
        assertAllArrivedOnce();
        assertThat(Leftovers.inTarget(workspace.target())).isEmpty();
    }

    @Test
    void andSoItDoesInATableThatIsCommittedPieceByPiece() throws SQLException {
        workspace.write(String.format(PIPELINE, TABLE));
        killAndGoOn();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), count(DISTINCT event_id) FROM loaded")) {
            row.next();
            assertThat(List.of(row.getLong(1), row.getLong(2))).isEqualTo(List.of(rows, rows));
        }
    }

    private void killAndGoOn() throws SQLException {
        Random random = Crashes.random(IncrementKillTest.class);
        List<Failpoint> places = new ArrayList<>(PLACES);
        Collections.shuffle(places, random);
        done();
        try (Connection slow = database.connect();
                Statement open = slow.createStatement()) {
            slow.setAutoCommit(false);
            for (Failpoint place : Crashes.all() ? places : places.subList(0, 3)) {
                open.execute("INSERT INTO events VALUES (" + (rows + 1) + ")");
                rows++;
                insert(500 + random.nextInt(1_000));
                if (random.nextBoolean()) {
                    slow.commit();
                }
                ChildExit killed = workspace
                        .run()
                        .withFailpoint(place, 1 + random.nextInt(2), ChildJvm.Action.KILL)
                        .run(Workspace.PATIENCE);
                assertThat(killed.killed() || killed.code() == 0)
                        .as("%s", killed)
                        .isTrue();
                insert(100);
                done();
            }
            slow.commit();
        }
        done();
        assertThat(Leftovers.inState(workspace.state())).isEmpty();
    }

    @Test
    void saysWhatItTakesAndWhatWaits() throws SQLException {
        JsonNode first = done();
        assertThat(first.path("window").path("increment").asBoolean()).isTrue();
        assertThat(first.path("extracted").asLong()).isEqualTo(1_000);
        ChildExit empty = workspace.run("--skip-empty").run(Workspace.PATIENCE);
        assertThat(empty.code()).as("%s", empty).isEqualTo(99);
        try (Connection slow = database.connect();
                Statement open = slow.createStatement()) {
            slow.setAutoCommit(false);
            open.execute("INSERT INTO events VALUES (1001)");
            insert(1);
            insert(1);
            ChildExit waiting = workspace.run().run(Workspace.PATIENCE);
            assertThat(waiting.errors())
                    .contains("takes what is new since run")
                    .contains("waits for the next increment")
                    .contains("session ");
            ChildExit plan = workspace.command("plan", "pipeline.yaml").run(Workspace.PATIENCE);
            assertThat(plan.output())
                    .contains("only what is new since the previous increment", "now   takes what is new");
            slow.rollback();
        }
        assertThat(done().path("extracted").asLong()).isEqualTo(2);
        ChildExit status = workspace.command("status").run(Workspace.PATIENCE);
        assertThat(status.output()).contains("increment: what was new");
        assertThat(workspace.command("runs").run(Workspace.PATIENCE).output()).contains("increment");
        assertAllArrivedOnce();
    }

    @Test
    void startsOverOnlyWhereNothingIsDoubledByAccident() {
        done();
        ChildExit refused = workspace.run("--full").run(Workspace.PATIENCE);
        assertThat(refused.code()).as("%s", refused).isEqualTo(2);
        assertThat(Workspace.report(refused).path("error").asText()).contains("--again");
        assertThat(done("--full", "--again").path("extracted").asLong()).isEqualTo(1_000);
        assertThat(done().path("extracted").asLong()).isZero();
    }
}
