package io.millrace.app.crash;

import io.millrace.sandbox.ContentHash;
import io.millrace.sandbox.EventColumn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads a folder of Parquet files as a stranger would: DuckDB, by a plain pattern of names. */
public final class Lake {
    private final String files;

    public Lake(Path folder) {
        this.files = "read_parquet('" + folder.toString().replace("'", "''")
                + "/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)";
    }

    /** Rows and distinct event ids. */
    List<Long> rowsAndKeys(String condition) {
        return numbers("SELECT count(*), count(DISTINCT event_id) FROM " + files + " WHERE " + condition);
    }

    /** The order-free hash of all events. */
    String hash(String condition) {
        return texts(ContentHash.duckDbQuery(files + " WHERE " + condition, List.of(EventColumn.values())))
                .get(0);
    }

    /** The numbers in the first row of a query over {@link #files}. */
    private List<Long> numbers(String query) {
        return query(query, row -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        numbers.add(row.getLong(i));
                    }
                    return numbers;
                })
                .get(0);
    }

    /** All rows of {@code SELECT column FROM} the files, sorted. */
    public List<String> sorted(String column) {
        return texts("SELECT " + column + " FROM " + files + " ORDER BY 1");
    }

    private static List<String> texts(String query) {
        return query(query, row -> row.getString(1));
    }

    private interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(String query, Mapping<T> mapping) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapping.of(rows));
            }
            return found;
        } catch (SQLException failed) {
            throw new AssertionError("DuckDB could not read the target: " + failed.getMessage(), failed);
        }
    }
}
