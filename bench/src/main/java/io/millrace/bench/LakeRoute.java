package io.millrace.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** From files to files, without a server beside: the limit is another program on the same rows. */
record LakeRoute(
        String name, String limitedBy, double goal, Entrant limit, Entrant warmLimit, Entrant whole, Entrant warm)
        implements Route {
    private static final double OF_OUR_PARQUET = 0.9;
    private static final double OF_DUCKDB = 0.5;

    /** How many rows lie in the Parquet files of {@code lake}, at any depth, of the last repetition. */
    static long rows(Path folder, String output) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM read_parquet('"
                        + PipelineText.output(folder, "lake") + "/**/*.parquet', hive_partitioning = false)")) {
            result.next();
            return result.getLong(1);
        }
    }

    static Route delta(Programs programs, Dataset rows) {
        PipelineText parquet = copying(rows, "parquet: {path: lake}");
        PipelineText delta = copying(rows, "delta: {path: lake}");
        return new LakeRoute(
                "Parquet → Delta",
                "our own Parquet → Parquet",
                OF_OUR_PARQUET,
                parquet.whole(programs, LakeRoute::rows).as("Parquet, whole process"),
                parquet.warm(programs, LakeRoute::rows).as("Parquet, warm"),
                delta.whole(programs, LakeRoute::rows),
                delta.warm(programs, LakeRoute::rows));
    }

    static Route csv(Programs programs, Dataset rows) {
        return text(
                programs,
                "CSV → Parquet",
                rows.csv(),
                "read_csv('%s', header = true, auto_detect = false, columns = " + Dataset.DUCKDB_COLUMNS + ")");
    }

    static Route jsonLines(Programs programs, Dataset rows) {
        return text(
                programs,
                "JSON lines → Parquet",
                rows.jsonLines(),
                "read_json('%s', format = 'newline_delimited', columns = " + Dataset.DUCKDB_COLUMNS + ")");
    }

    private static Route text(Programs programs, String name, Path file, String duckDbReading) {
        String reading = String.format(duckDbReading, file);
        PipelineText pipeline = new PipelineText("pipeline: bench-files\nextract: {files: {path: \"" + file
                + "\", schema: " + Dataset.SCHEMA + "}}\nload: {parquet: {path: lake}}\n");
        return new LakeRoute(
                name,
                "DuckDB, one thread, zstd 1",
                OF_DUCKDB,
                duckDb("DuckDB, whole process", programs, reading, 1),
                duckDb("DuckDB, warm", programs, reading, 2),
                pipeline.whole(programs, LakeRoute::rows),
                pipeline.warm(programs, LakeRoute::rows));
    }

    private static Entrant duckDb(String name, Programs programs, String reading, int times) {
        return new Entrant(
                name,
                folder -> programs.plain(DuckDbConversion.class, reading, Field.lake(folder), Integer.toString(times)),
                times == 1 ? Entrant.Timing.WHOLE_PROCESS : Entrant.Timing.LAST_REPETITION,
                LakeRoute::rows);
    }

    private static PipelineText copying(Dataset rows, String load) {
        return new PipelineText(
                "pipeline: bench-copy\nextract: {files: {path: \"" + rows.parquet() + "\"}}\nload: {" + load + "}\n");
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }

    @Override
    public void reset() {
        // Every process has a folder of its own.
    }

    @Override
    public void close() {
        // Nothing runs.
    }
}
