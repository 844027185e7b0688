package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Into a table of PostgreSQL, against psql sending the same rows. An append goes into an empty table without an index, an
 * upsert into one with a primary key that has every second row already.
 */
final class PostgresRoute implements Route {
    private static final String TARGET = "public.target_";
    private static final String KEY = "event_id";
    private static final List<String> OTHERS = List.of(
            "user_id",
            "item_id",
            "event_type",
            "category",
            "rating",
            "session_id",
            "device",
            "page",
            "ts",
            "created_at");
    private static final String COLUMNS =
            Stream.concat(Stream.of(KEY), OTHERS.stream()).collect(Collectors.joining(", "));

    private final Dataset rows;
    private final boolean upsert;
    private final Entrant limit;
    private final Entrant whole;
    private final Entrant warm;

    PostgresRoute(Programs programs, Dataset rows, boolean upsert) throws SQLException {
        rows.copy();
        this.rows = rows;
        this.upsert = upsert;
        this.limit =
                new Entrant("psql", this::psql, Entrant.Timing.WHOLE_PROCESS, (folder, output) -> count(TARGET + 1));
        PipelineText pipeline = new PipelineText(String.format(
                """
                pipeline: bench-postgres
                extract: {files: {path: "%s"}}
                load:
                  postgres:
                    url: ${env:PGURL}
                    user: ${env:PGUSER}
                    password: ${env:PGPASSWORD}
                    table: %s{run}
                    mode: %s
                """,
                rows.parquet(), TARGET, upsert ? "{upsert: {key: [" + KEY + "]}}" : "append"));
        this.whole = pipeline.whole(programs, (folder, output) -> count(TARGET + 1));
        this.warm = pipeline.warm(programs, (folder, output) -> count(TARGET + 2));
    }

    @Override
    public String name() {
        return "Parquet → PostgreSQL, " + (upsert ? "upsert" : "append");
    }

    @Override
    public String limitedBy() {
        return upsert
                ? "psql: COPY BINARY into a temporary table, then INSERT … ON CONFLICT"
                : "psql: COPY BINARY of the same rows into the same table";
    }

    @Override
    public double goal() {
        return 0.8;
    }

    @Override
    public Map<String, String> variables() {
        return rows.variables();
    }

    @Override
    public void reset() throws SQLException {
        try (Connection connection = rows.server().connect();
                Statement statement = connection.createStatement()) {
            for (int run = 1; run <= 2; run++) {
                String table = TARGET + run;
                statement.execute("DROP TABLE IF EXISTS " + table);
                statement.execute("CREATE TABLE " + table + " (LIKE " + rows.table() + ")");
                if (upsert) {
                    statement.execute("ALTER TABLE " + table + " ADD PRIMARY KEY (" + KEY + ")");
                    statement.execute(
                            "INSERT INTO " + table + " SELECT * FROM " + rows.table() + " WHERE " + KEY + " % 2 = 0");
                    statement.execute("VACUUM (FREEZE, ANALYZE) " + table);
                }
            }
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public Entrant limit() {
        return limit;
    }

    @Override
    public Entrant warmLimit() {
        return limit;
    }

    @Override
    public Entrant whole() {
        return whole;
    }

    @Override
    public Entrant warm() {
        return warm;
    }

    private List<String> psql(Path folder) {
        try {
            String table = TARGET + 1;
            String file = " (" + COLUMNS + ") FROM '" + rows.copy() + "' (FORMAT binary)\n";
            String script = upsert
                    ? "BEGIN;\nCREATE TEMPORARY TABLE sent ON COMMIT DROP AS SELECT " + COLUMNS + " FROM " + table
                            + " WITH NO DATA;\n\\copy sent" + file + "INSERT INTO " + table + " (" + COLUMNS
                            + ") SELECT DISTINCT ON (" + KEY + ") " + COLUMNS + " FROM sent ORDER BY " + KEY
                            + " ON CONFLICT (" + KEY + ") DO UPDATE SET "
                            + OTHERS.stream()
                                    .map(name -> name + " = excluded." + name)
                                    .collect(Collectors.joining(", "))
                            + ";\nCOMMIT;\n"
                    : "\\copy " + table + file;
            Path written = Files.writeString(folder.resolve("limit.sql"), script);
            return List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", written.toString());
        } catch (IOException | SQLException failed) {
            throw new BenchFailure("psql's script could not be written: " + failed.getMessage());
        }
    }

    private long count(String table) throws SQLException {
        try (Connection connection = rows.server().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = rows.server().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + TARGET + 1 + ", " + TARGET + 2);
        }
    }
}
