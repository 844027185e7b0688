package io.millrace.bench.spark;

import org.apache.spark.sql.SparkSession;

/** Spark in this process, on two cores. */
final class Sessions {
    private Sessions() {}

    static SparkSession local(String name) {
        return SparkSession.builder()
                .master("local[2]")
                .appName(name)
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 4)
                .config("spark.sql.session.timeZone", "Asia/Shanghai")
                .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
                .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                .getOrCreate();
    }
}
