package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it deletes from Redis what has vanished from the source leaves the rest to the next one. */
class VanishedKeysKillTest {
    private static final int ROWS = 3_000;

    @TempDir
    Path folder;

    @Test
    void whatTheKilledProcessDidNotDeleteTheNextOneDoes() throws SQLException {
        Database database = EmbeddedPostgres.shared().createDatabase();
        Random random = Crashes.random(VanishedKeysKillTest.class);
        try (EmbeddedRedis redis = EmbeddedRedis.builder().start();
                Connection connection = database.connect()) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE items AS SELECT id, 'item ' || id AS title FROM generate_series(1, " + ROWS
                            + ") AS id");
            Workspace workspace = Workspace.create(folder, database, pipeline());
            succeeds(workspace, redis);
            assertThat(keys(redis)).hasSize(ROWS);

            connection.createStatement().execute("DELETE FROM items WHERE id > 100");
            ChildExit killed = run(workspace, redis)
                    .withFailpoint(Failpoint.DURING_CLEANUP, 1 + random.nextInt(5), ChildJvm.Action.KILL)
                    .run(Workspace.PATIENCE);
            assertThat(killed.killed()).as("%s", killed).isTrue();
            assertThat(keys(redis)).hasSizeBetween(101, ROWS - 1);

            succeeds(workspace, redis);
            assertThat(keys(redis))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 100)
                            .mapToObj(id -> "item:" + id)
                            .toList());
        }
    }

    @Test
    void aWindowIsRefusedBeforeAnythingIsTouched() throws SQLException {
        Database database = EmbeddedPostgres.shared().createDatabase();
        try (EmbeddedRedis redis = EmbeddedRedis.builder().start();
                Connection connection = database.connect()) {
            connection.createStatement().execute("CREATE TABLE items AS SELECT 1 AS id, now() AS created_at");
            Workspace workspace = Workspace.create(folder, database, pipeline());
            ChildExit refused = run(workspace, redis)
                    .withArguments("--start", "2026-01-01", "--end", "2026-02-01")
                    .run(Workspace.PATIENCE);
            assertThat(refused.code()).as("%s", refused).isEqualTo(2);
            assertThat(refused.lastLine())
                    .contains("load.redis.delete_vanished is for runs that read all of the source");
            assertThat((List<?>) redis.ask("KEYS", "*")).isEmpty();
        }
    }

    private static String pipeline() {
        return """
                pipeline: crash
                extract: {postgres: {url: "${env:PGURL}", user: "${env:PGUSER}", password: "${env:PGPASSWORD}", table: items}}
                load:
                  redis:
                    url: ${env:REDIS_URL}
                    password: ${env:REDIS_PASSWORD}
                    key: "item:{id}"
                    delete_vanished: true
                    keys_per_call: 100
                """;
    }

    private static void succeeds(Workspace workspace, EmbeddedRedis redis) {
        ChildExit exit = run(workspace, redis).run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
    }

    private static ChildJvm run(Workspace workspace, EmbeddedRedis redis) {
        return workspace.run().withVariable("REDIS_URL", redis.url()).withVariable("REDIS_PASSWORD", redis.password());
    }

    private static List<String> keys(EmbeddedRedis redis) {
        return ((List<?>) redis.ask("KEYS", "item:*"))
                .stream().map(String.class::cast).toList();
    }
}
