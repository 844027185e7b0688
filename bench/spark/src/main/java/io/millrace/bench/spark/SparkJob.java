package io.millrace.bench.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The main job on Spark: partitioned JDBC read, the same cleaning in SQL, dropDuplicates, zstd Parquet. */
final class SparkJob {
    /** Smaller ones than one a core, so that both cores end at about the same time. */
    private static final int PARTITIONS = 8;

    private SparkJob() {}

    /** Argument: the folder to write to. The source is named by PGURL, PGUSER, PGPASSWORD, BENCH_TABLE. */
    public static void main(String[] arguments) {
        try (SparkSession spark = Sessions.local("bench")) {
            read(spark).createOrReplaceTempView("events");
            spark.sql(cleaning())
                    .where("user_id IS NOT NULL AND (ts IS NOT NULL OR text_of_ts IS NULL) AND rating BETWEEN 0 AND 5")
                    .drop("text_of_ts")
                    .dropDuplicates("event_id")
                    .write()
                    .option("compression", "zstd")
                    .parquet(arguments[0]);
        }
    }

    private static Dataset<Row> read(SparkSession spark) {
        String url = "jdbc:" + System.getenv("PGURL");
        String table = System.getenv("BENCH_TABLE");
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv("PGUSER"));
        properties.setProperty("password", System.getenv("PGPASSWORD"));
        properties.setProperty("fetchsize", "10000");
        long blocks = spark.read()
                .jdbc(
                        url,
                        "(SELECT pg_relation_size('" + table
                                + "') / current_setting('block_size')::bigint AS blocks) AS size",
                        properties)
                .first()
                .getLong(0);
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            String from = "ctid >= '(" + blocks * i / PARTITIONS + ",0)'";
            String to = " AND ctid < '(" + blocks * (i + 1) / PARTITIONS + ",0)'";
            ranges.add(from + (i == PARTITIONS - 1 ? "" : to));
        }
        return spark.read().jdbc(url, table, ranges.toArray(String[]::new), properties);
    }

    private static String cleaning() {
        return "SELECT event_id, user_id, item_id, " + tidy("event_type") + " AS event_type, coalesce("
                + tidy("category") + ", 'unknown') AS category, coalesce(rating, 0.0) AS rating, "
                + tidy("session_id") + " AS session_id, " + tidy("device") + " AS device, " + tidy("page")
                + " AS page, " + tidy("ts") + " AS text_of_ts, try_to_timestamp(" + tidy("ts")
                + ", 'yyyy-MM-dd HH:mm:ss') AS ts, created_at FROM events";
    }

    /** Control characters go, white space collapses to single spaces, none is left at the ends. */
    private static String tidy(String column) {
        return "trim(regexp_replace(regexp_replace(" + column
                + ", r'[\\p{Cc}&&[^\\p{IsWhite_Space}]]+', ''), r'\\p{IsWhite_Space}+', ' '))";
    }
}
