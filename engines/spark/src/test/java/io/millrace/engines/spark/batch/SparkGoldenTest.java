package io.millrace.engines.spark.batch;

import io.millrace.engines.spark.SparkTable;
import io.millrace.testkit.golden.GoldenContract;
import io.millrace.testkit.golden.GoldenEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The engine Spark gives what the golden cases say, as the local one does. */
class SparkGoldenTest extends GoldenContract {
    @TempDir
    Path folder;

    @Override
    protected GoldenEngine engine() {
        return new SparkGoldenEngine(SparkTable.session().sparkContext(), folder);
    }
}
