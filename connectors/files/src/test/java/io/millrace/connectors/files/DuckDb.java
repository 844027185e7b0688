package io.millrace.connectors.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a folder of Parquet files as a stranger would. */
final class DuckDb {
    private DuckDb() {}

    /** Columns id, name and p of all files below a folder; none where there is no file. */
    static List<Map<String, Object>> read(Path folder) throws Exception {
        String pattern = folder + "/**/*.parquet";
        try (var files = Files.walk(folder)) {
            if (files.noneMatch(file -> file.toString().endsWith(".parquet"))) {
                return List.of();
            }
        }
        String sql = "SELECT id, name, p FROM read_parquet('" + pattern.replace("'", "''")
                + "', hive_partitioning = true, hive_types_autocast = false)";
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(row(result));
            }
        }
        return rows;
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", result.getLong("id"));
        row.put("name", result.getString("name"));
        row.put("p", result.getString("p"));
        return row;
    }
}
