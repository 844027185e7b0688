package io.millrace.engines.spark.batch;

import io.millrace.testkit.golden.GoldenContract;
import io.millrace.testkit.golden.GoldenEngine;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The engine Spark gives what the golden cases say, as the local one does. */
class SparkGoldenTest extends GoldenContract {
    private static SparkContext spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void startSpark() {
        spark = new SparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("golden cases")
                .set("spark.default.parallelism", "1")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @Override
    protected GoldenEngine engine() {
        return new SparkGoldenEngine(spark, folder);
    }
}
