package io.millrace.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.crash.ChildExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace init} on a table, and the run of what it has written: the first minutes with a table of one's own. */
class InitCommandTest {
    private static Database database;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void fill() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"Orders\" (day date, shop integer, number bigint, \"odd: name\" text,"
                    + " placed_at timestamptz NOT NULL, total numeric(10,2), PRIMARY KEY (shop, number))");
            statement.execute("INSERT INTO \"Orders\" SELECT '2024-03-01', i % 7, i, CASE WHEN i % 4 > 0 THEN"
                    + " '2024-03-01 10:00:0' || i % 10 END, '2024-03-01'::timestamptz + i * interval '1 minute', i * 1.5"
                    + " FROM generate_series(1, 3000) AS i");
        }
    }

    @BeforeEach
    void create() {
        workspace = Workspace.create(folder, database, "");
    }

    private ChildExit init(String... more) {
        return workspace
                .command("init", database.url(), "--json")
                .withVariable("PGUSER", database.user())
                .withArguments(more)
                .run(Workspace.PATIENCE);
    }

    @Test
    void aTableBecomesAPipelineThatRuns() throws IOException {
        ChildExit exit = init("--table", "Orders");
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(Workspace.report(exit).path("findings").toString())
                .contains("1000 rows looked at", "shop, number, the primary key", "placed_at");
        String text = Files.readString(folder.resolve("Orders.yaml"));
        assertThat(text)
                .contains("user: ${env:PGUSER}", "password: ${env:PGPASSWORD}", "table: Orders")
                .containsPattern("- shop +# int32 not null; primary key")
                .containsPattern("- \"odd: name\" +# string; 25 % null")
                .contains("\"odd: name\": timestamp")
                .contains("time_column: placed_at")
                .doesNotContain("deduplicate", database.password());
        ChildExit run = workspace.command("run", "Orders.yaml", "--json").run(Workspace.PATIENCE);
        assertThat(run.code()).as("%s", run).isZero();
        JsonNode report = Workspace.report(run);
        assertThat(report.path("loaded").asLong()).isEqualTo(3000);
        assertThat(report.path("rejected").asLong()).isZero();
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "precious");
        ChildExit refused = init("--table", "Orders", "--out", "mine.yaml");
        assertThat(refused.code()).as("%s", refused).isEqualTo(2);
        assertThat(refused.errors()).contains("mine.yaml is there already", "--force");
        assertThat(Files.readString(folder.resolve("mine.yaml"))).isEqualTo("precious");
    }

    @Test
    void aTableThatIsNotThereIsSaidWithItsNeighbours() {
        ChildExit refused = init("--table", "Order");
        assertThat(refused.code()).as("%s", refused).isEqualTo(2);
        assertThat(refused.errors()).contains("there is no public.Order", "did you mean 'public.Orders'?");
        assertThat(folder.resolve("Order.yaml")).doesNotExist();
    }
}
