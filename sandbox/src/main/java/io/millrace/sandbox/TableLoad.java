package io.millrace.sandbox;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Creates a table and fills it by COPY. */
final class TableLoad {
    /** Writes all rows of a table. */
    @FunctionalInterface
    interface Rows {
        void writeTo(CopySink sink) throws IOException, SQLException;
    }

    private TableLoad() {}

    static void create(Connection connection, String table, String columns) throws SQLException {
        execute(connection, "CREATE TABLE " + Sql.quotedTable(table) + " (" + columns + ")");
    }

    /** Copies the rows in and gathers the planner's statistics, which plans of the table rely on. */
    static void copy(Connection connection, String table, Rows rows) throws SQLException {
        String name = Sql.quotedTable(table);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + name + " FROM STDIN (FORMAT text, ENCODING 'UTF8')");
        try {
            rows.writeTo((bytes, length) -> copy.writeToCopy(bytes, 0, length));
            copy.endCopy();
        } catch (IOException impossible) {
            throw new SQLException("Could not generate rows for " + table, impossible);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        execute(connection, "ANALYZE " + name);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
