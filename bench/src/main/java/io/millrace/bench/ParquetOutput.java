package io.millrace.bench;

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

/** What a program has written, as DuckDB reads it. */
final class ParquetOutput {
    private final String files;

    ParquetOutput(Path folder) {
        this.files = "read_parquet('" + folder + "/*.parquet')";
    }

    long rows() {
        return Long.parseLong(text("SELECT count(*)::text FROM " + files));
    }

    /** The order-free hash of all rows. */
    String contentHash() {
        return text(ContentHash.duckDbQuery(files, List.of(EventColumn.values())));
    }

    /** A line a column, and rows and hash, in the form in which the Spark module prints what it reads. */
    List<String> reading() {
        List<String> lines = new ArrayList<>();
        for (EventColumn column : EventColumn.values()) {
            String name = column.columnName();
            String type = sparkType(text("SELECT typeof(" + name + ") FROM " + files + " LIMIT 1"));
            String value =
                    switch (type) {
                        case "timestamp" -> "epoch_us(" + name + ")";
                        case "double" -> "round(" + name + " * 1000000)::bigint";
                        default -> name;
                    };
            String number = type.equals("string") ? "strlen(" + value + ")" : value + "::hugeint";
            lines.add("column: " + name + " " + type + " "
                    + text("SELECT concat_ws('|', count(" + name + "), min(" + value + "), max(" + value + "), sum("
                            + number + ")::text) FROM " + files));
        }
        lines.add("rows: " + rows());
        lines.add("hash: " + Long.toUnsignedString(Long.parseUnsignedLong(contentHash(), 16)));
        return lines;
    }

    private static String sparkType(String type) {
        return switch (type) {
            case "BIGINT" -> "bigint";
            case "DOUBLE" -> "double";
            case "VARCHAR" -> "string";
            case "TIMESTAMP WITH TIME ZONE" -> "timestamp";
            default -> type;
        };
    }

    private static String text(String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException failed) {
            throw new BenchFailure("DuckDB could not read the output: " + failed.getMessage());
        }
    }
}
