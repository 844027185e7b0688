package io.millrace.engines.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What a Spark session must be set to, so that rendered expressions mean the same there. */
public final class SparkSettings {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            // Failures are told by a flag. An ANSI error would end the query for the sake of one row.
            Map.entry("spark.sql.ansi.enabled", "false"),
            Map.entry("spark.sql.session.timeZone", "UTC"),
            // Names of columns differ by case.
            Map.entry("spark.sql.caseSensitive", "true"),
            Map.entry("spark.sql.decimalOperations.allowPrecisionLoss", "true"),
            Map.entry("spark.sql.legacy.literal.pickMinimumPrecision", "true"),
            Map.entry("spark.sql.parser.escapedStringLiterals", "false"),
            Map.entry("spark.sql.parser.quotedRegexColumnNames", "false"),
            // Else ${…} in a literal would be replaced.
            Map.entry("spark.sql.variable.substitute", "false"),
            Map.entry("spark.sql.legacy.castComplexTypesToString.enabled", "false"),
            Map.entry("spark.sql.datetime.java8API.enabled", "true"));

    private SparkSettings() {}

    /** The settings by name; all of them can be changed in a running session. */
    public static Map<String, String> all() {
        return SETTINGS;
    }

    /**
     * Sets them. Beside them the executors' default locale must not be Turkish, Azerbaijani or Lithuanian, since Spark's
     * {@code upper} and {@code lower} follow it.
     */
    public static void apply(SparkSession session) {
        SETTINGS.forEach((name, value) -> session.conf().set(name, value));
    }
}
