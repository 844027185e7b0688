package io.millrace.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The peer of text files: DuckDB turns them into zstd Parquet, on one thread. */
final class DuckDbConversion {
    private DuckDbConversion() {}

    /** Arguments: DuckDB's expression that reads, the folder to write to, how many times. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        Path file = folder.resolve("events.parquet");
        SelfTimed.repeat(Integer.parseInt(arguments[2]), () -> {
            Files.deleteIfExists(file);
            return convert(arguments[0], file);
        });
    }

    private static long convert(String reading, Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            return statement.executeUpdate("COPY (SELECT * FROM " + reading + ") TO '" + file
                    + "' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)");
        }
    }
}
