package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server's planner believes about a query. */
record Estimate(long rows, long width) {
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");
    private static final Pattern WIDTH = Pattern.compile("\"Plan Width\": (\\d+)");

    static Estimate of(Session session, String select) throws SQLException {
        String plan = session.row("EXPLAIN (FORMAT JSON) " + select, row -> row.getString(1));
        return new Estimate(first(ROWS, plan), first(WIDTH, plan));
    }

    private static long first(Pattern pattern, String plan) {
        Matcher matcher = pattern.matcher(plan);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    long bytes() {
        return rows * width;
    }
}
