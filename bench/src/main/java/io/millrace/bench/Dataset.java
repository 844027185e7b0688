package io.millrace.bench;

import io.millrace.sandbox.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * The same rows in every form that a route begins with: generated events that have gone through the example pipeline, as
 * Parquet; and from that, when first asked for, as CSV, as JSON lines and in PostgreSQL's binary form.
 */
final class Dataset implements AutoCloseable {
    private static final String EVENTS = "public.user_behaviors";
    private static final String CLEAN = "public.clean_events";
    private static final String TIME =
            "strftime(make_timestamp(epoch_us(%1$s)), '%%Y-%%m-%%dT%%H:%%M:%%S.%%fZ') AS %1$s";

    /** The columns as our pipelines declare them. */
    static final String SCHEMA =
            "{event_id: int64, user_id: int64, item_id: int64, event_type: string, category: string,"
                    + " rating: float64, session_id: string, device: string, page: string, ts: timestamp, created_at: timestamp}";

    /** The columns as DuckDB's readers take them. */
    static final String DUCKDB_COLUMNS = "{event_id: 'BIGINT', user_id: 'BIGINT', item_id: 'BIGINT',"
            + " event_type: 'VARCHAR', category: 'VARCHAR', rating: 'DOUBLE', session_id: 'VARCHAR', device: 'VARCHAR',"
            + " page: 'VARCHAR', ts: 'TIMESTAMPTZ', created_at: 'TIMESTAMPTZ'}";

    private final Path folder;
    private final Programs programs;
    private final EmbeddedPostgres server;
    private final Map<String, String> variables;
    private final long rows;

    private Dataset(Path folder, Programs programs, EmbeddedPostgres server, Map<String, String> variables, long rows) {
        this.folder = folder;
        this.programs = programs;
        this.server = server;
        this.variables = variables;
        this.rows = rows;
    }

    /** Makes that many events, of which most are clean. */
    static Dataset make(Path folder, Path home, Programs programs, long events) throws SQLException, IOException {
        Files.createDirectories(folder);
        EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        try (Workload workload = Workload.load(server, home, EVENTS, events)) {
            Map<String, String> variables = workload.variables();
            new Child(folder, variables)
                    .run(programs.millrace(workload.pipeline(folder, true), workload.overrides(folder, 1)), false);
            return new Dataset(
                    folder, programs, server, variables, workload.expected().loaded());
        } catch (SQLException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    long rows() {
        return rows;
    }

    EmbeddedPostgres server() {
        return server;
    }

    /** What psql and pipelines find the server by. */
    Map<String, String> variables() {
        return variables;
    }

    /** The Parquet files, as a pattern. */
    String parquet() {
        return Field.lake(folder) + "/*.parquet";
    }

    Path csv() {
        return text("events.csv", "(FORMAT csv, HEADER)");
    }

    Path jsonLines() {
        return text("events.jsonl", "(FORMAT json)");
    }

    /** A table of the rows, without an index. */
    String table() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            if (statement
                    .executeQuery("SELECT to_regclass('" + CLEAN + "') WHERE to_regclass('" + CLEAN + "') IS NULL")
                    .next()) {
                run("load: {postgres: {url: \"${env:PGURL}\", user: \"${env:PGUSER}\", password: \"${env:PGPASSWORD}\","
                        + " table: " + CLEAN + "}}\n");
                statement.execute("VACUUM (FREEZE, ANALYZE) " + CLEAN);
            }
            return CLEAN;
        }
    }

    /** The rows as COPY BINARY takes them. */
    Path copy() throws SQLException {
        Path file = folder.resolve("events.copy");
        if (!Files.exists(file)) {
            String command = "\\copy " + table() + " TO '" + file + "' (FORMAT binary)";
            new Child(folder, variables).run(List.of("psql", "-X", "-q", "-c", command), false);
        }
        return file;
    }

    /** Loads the rows somewhere, by the pipeline's section {@code load}. */
    void run(String load) {
        run(load, variables);
    }

    void run(String load, Map<String, String> environment) {
        PipelineText pipeline =
                new PipelineText("pipeline: bench-dataset\nextract: {files: {path: \"" + parquet() + "\"}}\n" + load);
        try {
            Path place = Files.createTempDirectory(folder, "load");
            new Child(place, environment).run(programs.millrace(pipeline.once(place), List.of()), false);
        } catch (IOException failed) {
            throw new BenchFailure("The rows could not be loaded: " + failed.getMessage());
        }
    }

    private Path text(String name, String form) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            String columns = "event_id, user_id, item_id, event_type, category, rating, session_id, device, page, "
                    + String.format(TIME, "ts") + ", " + String.format(TIME, "created_at");
            duckDb("COPY (SELECT " + columns + " FROM read_parquet('" + parquet() + "')) TO '" + file + "' " + form);
        }
        return file;
    }

    private static void duckDb(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement duckDb = connection.createStatement()) {
            duckDb.execute(statement);
        } catch (SQLException failed) {
            throw new BenchFailure("DuckDB could not write the rows: " + failed.getMessage());
        }
    }

    @Override
    public void close() {
        server.close();
        Match.delete(folder);
    }
}
