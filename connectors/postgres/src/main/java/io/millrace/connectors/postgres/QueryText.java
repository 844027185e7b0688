package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import java.util.regex.Pattern;

/** What a user's query must look like to stand as a subselect. The server's own parser judges the rest. */
final class QueryText {
    private static final Pattern LEADING_SPACE_AND_COMMENTS =
            Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/|\\()*", Pattern.DOTALL);
    private static final Pattern READS = Pattern.compile("(?i)(?:SELECT|WITH|VALUES|TABLE)\\b.*", Pattern.DOTALL);
    /** A table may be named like one of the words, but then nothing follows. */
    private static final Pattern READS_SOMETHING =
            Pattern.compile("(?i)(?:SELECT|WITH|VALUES|TABLE)[\\s(*'\"].*", Pattern.DOTALL);

    private static final Pattern TRAILING_SEMICOLON = Pattern.compile(";\\s*\\z");

    private QueryText() {}

    static void check(String query) {
        if (query.isBlank()) {
            throw new InvalidSetting("query", "is empty; give a SELECT, or table");
        }
        if (TRAILING_SEMICOLON.matcher(query).find()) {
            throw new InvalidSetting(
                    "query", "ends with a semicolon; leave it out, since the query becomes a subselect");
        }
        String start = LEADING_SPACE_AND_COMMENTS.matcher(query).replaceFirst("");
        if (!READS.matcher(start).matches()) {
            String first = start.split("\\s+", 2)[0];
            throw new InvalidSetting(
                    "query",
                    "begins with '" + first + "'; only a query that reads can be extracted: SELECT, WITH or VALUES");
        }
    }

    /** True for a query, false for what can only be a table's name. */
    static boolean isQuery(String text) {
        String start = LEADING_SPACE_AND_COMMENTS.matcher(text).replaceFirst("");
        return READS_SOMETHING.matcher(start).matches();
    }

    /** The query as an item of a FROM list. A comment at its end must not swallow the bracket. */
    static String subselect(String query) {
        return "(" + query + "\n) AS q";
    }
}
