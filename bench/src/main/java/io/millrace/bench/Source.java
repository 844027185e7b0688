package io.millrace.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The table that every program reads, as the environment names it: PGURL, PGUSER, PGPASSWORD, BENCH_TABLE. */
final class Source {
    static final String TABLE_VARIABLE = "BENCH_TABLE";

    private Source() {}

    static String table() {
        return System.getenv(TABLE_VARIABLE);
    }

    static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv("PGUSER"));
        properties.setProperty("password", System.getenv("PGPASSWORD"));
        return DriverManager.getConnection("jdbc:" + System.getenv("PGURL"), properties);
    }

    /** COPY statements that together give all rows, by ranges of the table's blocks. */
    static List<String> copies(Connection connection, String table, int parts) throws SQLException {
        if (parts == 1) {
            return List.of(copy(table, ""));
        }
        long blocks;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT pg_relation_size('" + table + "') / current_setting('block_size')::bigint")) {
            result.next();
            blocks = result.getLong(1);
        }
        List<String> copies = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            String from = "ctid >= '(" + blocks * i / parts + ",0)'";
            String to = " AND ctid < '(" + blocks * (i + 1) / parts + ",0)'";
            copies.add(copy(table, " WHERE " + from + (i == parts - 1 ? "" : to)));
        }
        return copies;
    }

    private static String copy(String table, String where) {
        return "COPY (SELECT * FROM " + table + where + ") TO STDOUT (FORMAT binary)";
    }
}
