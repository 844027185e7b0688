package io.millrace.bench.steps;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The same groups by DuckDB on one thread, in a process of its own; prints rows per second of processor time. */
final class DuckDbGrouping {
    private DuckDbGrouping() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("CREATE TABLE events AS SELECT (i * " + Grouping.SPREAD + ") % " + Grouping.GROUPS
                    + " AS user_id, (i % 10007) / 8.0::DOUBLE AS amount, (i * 7) % 1000003 AS moment FROM range("
                    + Grouping.ROWS + ") r(i)");
            OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            double best = 0;
            for (int round = 0; round < Work.ROUNDS; round++) {
                long before = process.getProcessCpuTime();
                statement.execute("CREATE OR REPLACE TABLE groups AS SELECT user_id, count(*), sum(amount), avg(amount),"
                        + " min(moment), max(moment) FROM events GROUP BY user_id");
                best = Math.max(best, Grouping.ROWS * 1e9 / (process.getProcessCpuTime() - before));
            }
            System.out.println(best);
        }
    }
}
