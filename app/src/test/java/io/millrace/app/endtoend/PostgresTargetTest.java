package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.Failpoint;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From one table into another: killed where it hurts, and run again. */
class PostgresTargetTest {
    private static final int ROWS = 3_000;
    /** Rows that the target refuses by a check. */
    private static final int REFUSED = 30;

    private static final List<Failpoint> PLACES = List.of(
            Failpoint.MID_WRITE,
            Failpoint.BEFORE_STAGE,
            Failpoint.BEFORE_COMMIT,
            Failpoint.MID_COMMIT,
            Failpoint.AFTER_COMMIT,
            Failpoint.AFTER_STAGE);

    @TempDir
    Path folder;

    private Database database;
    private Workspace workspace;

    @BeforeEach
    void fill() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        execute(
                "CREATE TABLE source AS SELECT i AS id, 'name ' || i AS name,"
                        + " timestamptz '2024-03-01Z' + i * interval '1 minute' AS created_at"
                        + " FROM generate_series(1::bigint, " + ROWS + ") i",
                "ANALYZE source",
                "CREATE TABLE target (id bigint PRIMARY KEY CHECK (id % 100 <> 7), name text, created_at timestamptz)");
    }

    private void use(String mode) {
        workspace = Workspace.create(
                folder,
                database,
                String.format(
                        Locale.ROOT,
                        """
                        pipeline: crash
                        extract:
                          postgres:
                            url: ${env:PGURL}
                            user: ${env:PGUSER}
                            password: ${env:PGPASSWORD}
                            table: source
                            split_rows: 500
                            insert_only: true
                        load:
                          postgres:
                            url: ${env:PGURL}
                            user: ${env:PGUSER}
                            password: ${env:PGPASSWORD}
                            table: target
                            mode: %s
                        run: {parallelism: 2, batch_rows: 100, retry: {attempts: 3, initial: 10ms, max: 50ms}}
                        """,
                        mode));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void assertComplete(ChildExit exit) throws SQLException {
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode report = Workspace.report(exit);
        assertThat(report.path("extracted").asInt()).isEqualTo(ROWS);
        assertThat(report.path("loaded").asInt()).isEqualTo(ROWS - REFUSED);
        assertThat(report.path("rejected").asInt()).isEqualTo(REFUSED);
        assertThat(query("SELECT count(*) || ' ' || count(*) FILTER (WHERE s.id IS NOT NULL) FROM target t LEFT JOIN"
                        + " source s USING (id, name, created_at)"))
                .isEqualTo((ROWS - REFUSED) + " " + (ROWS - REFUSED));
        assertThat(query("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'stage%'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "{upsert: {key: [id]}}", "overwrite"})
    void aKilledRunIsFinishedWithEveryRowOnce(String mode) throws SQLException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        use(mode);
        if (!mode.equals("append")) {
            execute("INSERT INTO target SELECT id, 'old', created_at FROM source WHERE id % 100 = 1");
        }
        for (int kills = 0; kills < 2; kills++) {
            Failpoint place = PLACES.get(random.nextInt(PLACES.size()));
            int count = 1 + random.nextInt(mode.equals("overwrite") && place == Failpoint.MID_COMMIT ? 1 : 3);
            workspace.run().withFailpoint(place, count, ChildJvm.Action.KILL).run(Workspace.PATIENCE);
        }
        ChildExit last = workspace.run().run(Workspace.PATIENCE);
        if (Workspace.report(last).path("status").asText().equals("already_done")) {
            assertThat(query("SELECT count(*) FROM target")).isEqualTo(Integer.toString(ROWS - REFUSED));
        } else {
            assertComplete(last);
        }
    }

    @Test
    void aWindowIsReplacedHoweverOftenItIsRun() throws SQLException {
        use("replace_window");
        execute(
                "INSERT INTO target VALUES (1000001, 'outside', '2024-02-29 23:59Z'), (1000002, 'inside', '2024-03-01 12:00Z')");
        for (int i = 0; i < 2; i++) {
            ChildExit exit = workspace
                    .run("--start", "2024-03-01", "--end", "2024-03-02")
                    .run(Workspace.PATIENCE);
            assertThat(exit.code()).as("%s", exit).isZero();
            assertThat(query("SELECT count(*) || ' ' || max(id) FROM target")).isEqualTo((1439 - 15 + 1) + " 1000001");
        }
        ChildExit whole = workspace.run().run(Workspace.PATIENCE);
        assertThat(whole.code()).as("%s", whole).isEqualTo(2);
        assertThat(Workspace.report(whole).path("error").asText()).contains("--start and --end");
    }
}
