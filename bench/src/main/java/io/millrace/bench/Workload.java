package io.millrace.bench;

import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EventGenerator;
import io.millrace.sandbox.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A table of generated events in the embedded server, and the job on it. */
final class Workload implements AutoCloseable {
    private static final long SEED = 42;

    private final EmbeddedPostgres server;
    private final Path home;
    private final String table;
    private final EventGenerator events;
    private final Expected expected;
    private Long contentHash;

    private Workload(EmbeddedPostgres server, Path home, String table, EventGenerator events) {
        this.server = server;
        this.home = home;
        this.table = table;
        this.events = events;
        this.expected = events.expected();
    }

    /** Creates and fills the table; nothing of it waits to be written or vacuumed afterwards. */
    static Workload load(EmbeddedPostgres server, Path home, String table, long rows) throws SQLException {
        EventGenerator events = EventGenerator.of(rows, SEED);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            events.loadEvents(connection, table);
            statement.execute("VACUUM (FREEZE, ANALYZE) " + table);
            statement.execute("CHECKPOINT");
        }
        return new Workload(server, home, table, events);
    }

    long rows() {
        return events.rows();
    }

    Expected expected() {
        return expected;
    }

    /** The hash of the rows that must come out. */
    long contentHash() {
        if (contentHash == null) {
            contentHash = events.contentHash();
        }
        return contentHash;
    }

    /** What the programs find the table by. */
    Map<String, String> variables() {
        return Map.of(
                "PGURL",
                server.url(),
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(server.port()),
                "PGDATABASE",
                server.url().replaceFirst(".*/", ""),
                "PGUSER",
                server.user(),
                "PGPASSWORD",
                server.password(),
                "PGSSLMODE",
                "disable",
                Source.TABLE_VARIABLE,
                table,
                "SPARK_LOCAL_IP",
                "127.0.0.1");
    }

    /** The example pipeline's file in this folder, with or without deduplication. */
    Path pipeline(Path folder, boolean deduplicated) {
        try {
            List<String> lines = Files.readAllLines(home.resolve("examples/clean-behaviors.yaml")).stream()
                    .filter(deduplicated ? line -> true : Predicate.not(line -> line.contains("- deduplicate:")))
                    .toList();
            return Files.write(folder.resolve("clean-behaviors.yaml"), lines);
        } catch (IOException failed) {
            throw new BenchFailure("The pipeline file could not be written: " + failed.getMessage());
        }
    }

    List<String> overrides(Path folder, int workers) {
        return List.of(
                "extract.postgres.table=" + table,
                "load.parquet.path=" + Field.lake(folder),
                "run.parallelism=" + workers);
    }

    List<String> copies(int connections) {
        try (Connection connection = server.connect()) {
            return Source.copies(connection, table, connections);
        } catch (SQLException failed) {
            throw new BenchFailure("The table's size is not to be had: " + failed.getMessage());
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + table);
        }
    }
}
