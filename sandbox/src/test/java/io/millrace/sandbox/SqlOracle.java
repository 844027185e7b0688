package io.millrace.sandbox;

import java.util.List;
import java.util.stream.Collectors;

/** The cleaning rules said once more in PostgreSQL's words, as a judge of the generator's own account. */
final class SqlOracle {
    private static final List<String> TEXTS = List.of("event_type", "category", "session_id", "device", "page", "ts");
    private static final String CONTROLS = "[\\u0001-\\u0008\\u000E-\\u001F\\u007F-\\u0084\\u0086-\\u009F]";
    private static final String SPACES =
            "[\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+";

    private SqlOracle() {}

    /** A table {@code judged}: every row, cleaned, with its first reason to be rejected or null. */
    static String judge(String table) {
        String cleaned = TEXTS.stream()
                .map(column -> "btrim(regexp_replace(regexp_replace(" + column + ", '" + CONTROLS + "', '', 'g'), '"
                        + SPACES + "', ' ', 'g'), ' ') AS " + column)
                .collect(Collectors.joining(", "));
        return "CREATE TABLE judged AS SELECT *, CASE WHEN user_id IS NULL THEN 'NULL_USER'"
                + " WHEN NOT (ts ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$'"
                + " AND pg_input_is_valid(ts, 'timestamp')) THEN 'MALFORMED_DATE'"
                + " WHEN rating < 0 OR rating > 5 THEN 'RATING_OUT_OF_RANGE' END AS reason"
                + " FROM (SELECT event_id, user_id, item_id, coalesce(rating, 0.0) AS rating, created_at, " + cleaned
                + " FROM " + table + ") AS cleaned";
    }

    /** A view {@code accepted}: what is to be loaded. */
    static String accept() {
        return "CREATE VIEW accepted AS SELECT DISTINCT ON (event_id) event_id, user_id, item_id, event_type,"
                + " coalesce(category, 'unknown') AS category, rating, session_id, device, page,"
                + " ts::timestamp AT TIME ZONE 'Asia/Shanghai' AS ts, created_at"
                + " FROM judged WHERE reason IS NULL ORDER BY event_id";
    }
}
