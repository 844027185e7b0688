package io.millrace.bench.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The daily aggregations as one writes them by hand: DataFrame programs, aggregate by aggregate. */
final class HandWritten {
    private HandWritten() {}

    static void users(SparkSession spark, String events, String output) {
        Dataset<Row> users = spark.read()
                .parquet(events)
                .filter(col("date").equalTo(Events.DATE))
                .groupBy("user_id", "date")
                .agg(
                        count("*").as("total_events"),
                        events("view").as("view_count"),
                        events("click").as("click_count"),
                        events("like").as("like_count"),
                        events("purchase").as("purchase_count"),
                        countDistinct("item_id").as("unique_items"),
                        collect_set("item_id").as("viewed_items"),
                        min("timestamp").as("first_event_time"),
                        max("timestamp").as("last_event_time"),
                        collect_set("category").as("categories"),
                        countDistinct("category").as("unique_categories"))
                .withColumn("click_through_rate", col("click_count").divide(greatest(col("view_count"), lit(1))))
                .withColumn(
                        "session_duration_hours",
                        unix_timestamp(col("last_event_time"))
                                .minus(unix_timestamp(col("first_event_time")))
                                .divide(3600));
        write(users, output);
    }

    /** The same, by somebody who knows that the two distinct counts multiply the rows by three. */
    static void usersTuned(SparkSession spark, String events, String output) {
        Dataset<Row> users = spark.read()
                .parquet(events)
                .filter(col("date").equalTo(Events.DATE))
                .groupBy("user_id", "date")
                .agg(
                        count("*").as("total_events"),
                        events("view").as("view_count"),
                        events("click").as("click_count"),
                        events("like").as("like_count"),
                        events("purchase").as("purchase_count"),
                        collect_set("item_id").as("viewed_items"),
                        min("timestamp").as("first_event_time"),
                        max("timestamp").as("last_event_time"),
                        collect_set("category").as("categories"))
                .selectExpr(
                        "*",
                        "CAST(size(viewed_items) AS BIGINT) AS unique_items",
                        "CAST(size(categories) AS BIGINT) AS unique_categories",
                        "click_count / greatest(view_count, 1) AS click_through_rate",
                        "(unix_timestamp(last_event_time) - unix_timestamp(first_event_time)) / 3600"
                                + " AS session_duration_hours");
        write(users, output);
    }

    static void items(SparkSession spark, String events, String output) {
        Dataset<Row> items = spark.read()
                .parquet(events)
                .filter(col("date").equalTo(Events.DATE))
                .groupBy("item_id", "date")
                .agg(
                        count("*").as("total_events"),
                        countDistinct("user_id").as("unique_users"),
                        events("view").as("view_count"),
                        events("click").as("click_count"),
                        events("purchase").as("purchase_count"),
                        avg("rating").as("avg_rating"));
        write(items, output);
    }

    private static Column events(String type) {
        return sum(when(col("event_type").equalTo(type), 1).otherwise(0));
    }

    private static void write(Dataset<Row> table, String output) {
        table.write().mode(SaveMode.Overwrite).partitionBy("date").parquet(output);
    }
}
