package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.crash.ChildExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace verify}: what a target says of a run, and what it says when somebody has been at it. */
class VerifyTest {
    @TempDir
    Path folder;

    private Database database;
    private Workspace workspace;

    @BeforeEach
    void create() throws IOException, SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        workspace = Workspace.create(folder, database, "");
        Files.writeString(folder.resolve("rows.csv"), "id,name\n1,a\n2,b\n3,c\nx,d\n");
    }

    private String run(String load) {
        workspace.write(
                """
                pipeline: small
                extract:
                  files: {path: rows.csv, schema: {id: int64, name: string}}
                load:
                  LOAD
                run: {max_error_rate: 1}
                """
                        .replace("LOAD", load));
        ChildExit exit = workspace.run().run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        return Workspace.report(exit).path("run").asText();
    }

    private JsonNode verify(String run, int code) {
        ChildExit exit = workspace.command("verify", run, "--json").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isEqualTo(code);
        return Workspace.report(exit);
    }

    private List<Path> data(String target) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(target))) {
            return files.filter(file -> file.toString().endsWith(".parquet")
                            && !file.toString().contains("_delta_log"))
                    .toList();
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void filesAreCountedByTheirFooters() throws IOException {
        String first = run("parquet: {path: lake, mode: overwrite}");
        JsonNode found = verify(first, 0);
        assertThat(found.path("expected").asLong()).isEqualTo(3);
        assertThat(found.path("found").asLong()).isEqualTo(3);
        assertThat(found.path("holds").asBoolean()).isTrue();

        String second = run("parquet: {path: lake, mode: overwrite}");
        JsonNode replaced = verify(first, 0);
        assertThat(replaced.path("found").asLong()).isZero();
        assertThat(replaced.path("replaced").asLong()).isEqualTo(3);

        Files.delete(data("lake").get(0));
        JsonNode missing = verify(second, 1);
        assertThat(missing.path("found").asLong()).isZero();
        assertThat(missing.path("problems").get(0).asText()).contains("is missing, with 3 rows");
        ChildExit told = workspace.command("verify", second).run(Workspace.PATIENCE);
        assertThat(told.errors()).contains("3 rows by the ledger, 0 by the target");
    }

    @Test
    void anotherFileInTheSamePlaceIsNotTheSame() throws IOException {
        String few = run("parquet: {path: few, mode: overwrite}");
        Files.writeString(folder.resolve("rows.csv"), "id,name\n1,a\n");
        run("parquet: {path: fewer, mode: overwrite}");
        Files.copy(data("fewer").get(0), data("few").get(0), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("rows.csv"), "id,name\n1,a\n2,b\n3,c\nx,d\n");
        workspace.write(Files.readString(folder.resolve("pipeline.yaml")).replace("fewer", "few"));
        JsonNode changed = verify(few, 1);
        assertThat(changed.path("found").asLong()).isEqualTo(1);
        assertThat(changed.path("problems").get(0).asText()).contains("has 1 rows, and 3 were written");
    }

    @Test
    void aDeltaTableIsCountedInItsNewestVersion() throws IOException {
        String first = run("delta: {path: table, mode: overwrite}");
        assertThat(verify(first, 0).path("found").asLong()).isEqualTo(3);
        String second = run("delta: {path: table, mode: overwrite}");
        assertThat(verify(first, 0).path("replaced").asLong()).isEqualTo(3);
        assertThat(verify(second, 0).path("found").asLong()).isEqualTo(3);
        for (Path file : data("table")) {
            Files.delete(file);
        }
        assertThat(verify(second, 1).path("problems").get(0).asText()).contains("is gone");
    }

    @Test
    void aTableThatIsReplacedIsCounted() throws SQLException {
        String run = run("postgres: {url: \"${env:PGURL}\", user: \"${env:PGUSER}\", password: \"${env:PGPASSWORD}\","
                + " table: t, mode: overwrite}");
        assertThat(verify(run, 0).path("found").asLong()).isEqualTo(3);
        sql("DELETE FROM t WHERE id = 2");
        JsonNode less = verify(run, 1);
        assertThat(less.path("expected").asLong()).isEqualTo(3);
        assertThat(less.path("found").asLong()).isEqualTo(2);
    }

    @Test
    void piecesOfATableAreCountedByTheTargetsOwnRecords() throws SQLException {
        String run = run("postgres: {url: \"${env:PGURL}\", user: \"${env:PGUSER}\", password: \"${env:PGPASSWORD}\","
                + " table: t}");
        JsonNode whole = verify(run, 0);
        assertThat(whole.path("found").asLong()).isEqualTo(3);
        assertThat(whole.path("how").asText()).contains("rows changed since are not seen");
        sql("DELETE FROM millrace.ledger");
        assertThat(verify(run, 1).path("problems").get(0).asText()).contains("does not know piece");
    }

    @Test
    void refusesRunsThatAreNotFinishedAndTargetsThatAreOthers() {
        String run = run("parquet: {path: lake}");
        workspace.write(
                """
                pipeline: small
                extract:
                  files: {path: rows.csv, schema: {id: int64, name: string}}
                load:
                  parquet: {path: elsewhere}
                """);
        assertThat(verify(run, 2).path("error").asText()).contains("load.parquet.path: lake → elsewhere");
        assertThat(workspace
                        .command("verify", "unknown")
                        .run(Workspace.PATIENCE)
                        .code())
                .isEqualTo(2);
    }
}
