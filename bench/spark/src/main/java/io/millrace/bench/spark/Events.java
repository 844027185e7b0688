package io.millrace.bench.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.SparkSession;

/** Behaviour events of one day, made up from their number, so that they are the same each time. */
final class Events {
    static final String DATE = "2024-03-01";
    private static final int USERS = 1_000_000;
    private static final int ITEMS = 100_000;
    private static final int CATEGORIES = 60;

    private Events() {}

    /**
     * Writes Parquet files with the columns that the daily aggregations read. A fifth of the users does half of everything, and
     * items likewise.
     */
    static void write(SparkSession spark, long rows, String folder) {
        spark.range(0, rows, 1, 16)
                .withColumn("u", expr("pmod(xxhash64(id, 1), 1000000007) / 1000000007D"))
                .withColumn("i", expr("pmod(xxhash64(id, 2), 1000000007) / 1000000007D"))
                .withColumn("t", expr("pmod(xxhash64(id, 3), 100)"))
                .withColumn("user_id", expr("CAST(u * u * " + USERS + " AS BIGINT)"))
                .withColumn("item_id", expr("CAST(i * i * " + ITEMS + " AS BIGINT)"))
                .select(
                        col("user_id"),
                        col("item_id"),
                        expr("CASE WHEN t < 70 THEN 'view' WHEN t < 90 THEN 'click' WHEN t < 97 THEN 'like'"
                                        + " ELSE 'purchase' END")
                                .as("event_type"),
                        expr("concat('category-', pmod(xxhash64(item_id), " + CATEGORIES + "))")
                                .as("category"),
                        expr("CASE WHEN t >= 90 THEN pmod(xxhash64(id, 4), 51) / 10D END")
                                .as("rating"),
                        expr("timestamp_micros(unix_micros(TIMESTAMP '" + DATE
                                        + " 00:00:00Z') + pmod(xxhash64(id, 5), 86400) * 1000000)")
                                .as("timestamp"),
                        expr("DATE '" + DATE + "'").as("date"))
                .write()
                .parquet(folder);
    }
}
