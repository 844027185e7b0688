package io.millrace.bench.spark;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.engines.spark.features.FeatureViews;
import io.millrace.engines.spark.features.SparkFeatures;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureView;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/** The daily aggregations by hand and by our views, in turns, in one session on the same events. */
final class FeaturesJob {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private FeaturesJob() {}

    /** A way to compute a view. */
    private interface Way {
        void run(SparkSession spark, String events, String output);
    }

    /** Arguments: folder of the events (made where there is none), how many, rounds, folder for outputs. */
    public static void main(String[] arguments) {
        String events = arguments[0];
        long rows = Long.parseLong(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        String work = arguments[3];
        try (SparkSession spark = Sessions.local("features")) {
            spark.sparkContext().setLogLevel("ERROR");
            if (!Files.exists(Path.of(events, "_SUCCESS"))) {
                Events.write(spark, rows, events);
            }
            compete(spark, "daily_user_aggregation", "by hand", HandWritten::users, events, rounds, work);
            compete(spark, "daily_user_aggregation", "by hand, tuned", HandWritten::usersTuned, events, rounds, work);
            compete(spark, "daily_item_aggregation", "by hand", HandWritten::items, events, rounds, work);
        }
    }

    private static void compete(
            SparkSession spark, String view, String peer, Way way, String events, int rounds, String work) {
        String theirs = work + "/theirs";
        String ours = work + "/ours";
        for (int round = 0; round <= rounds; round++) {
            measure(spark, view, peer, way, events, theirs, round);
            measure(
                    spark,
                    view,
                    "by our view",
                    (session, from, to) -> view(session, view, from, to),
                    events,
                    ours,
                    round);
            if (round == 0) {
                String expected = content(spark.read().parquet(theirs));
                String found = content(spark.read().parquet(ours));
                if (!expected.equals(found)) {
                    throw new IllegalStateException(view + " " + peer + ": " + expected + ", by our view: " + found);
                }
            }
        }
    }

    private static void measure(
            SparkSession spark, String view, String name, Way way, String events, String output, int round) {
        long started = System.nanoTime();
        long processor = SYSTEM.getProcessCpuTime();
        way.run(spark, events, output);
        double seconds = (System.nanoTime() - started) / 1e9;
        double processorSeconds = (SYSTEM.getProcessCpuTime() - processor) / 1e9;
        // The first time is for the compilers.
        if (round > 0) {
            System.out.printf(Locale.ROOT, "measured|%s|%s|%.3f|%.3f%n", view, name, seconds, processorSeconds);
        }
    }

    private static void view(SparkSession spark, String name, String events, String output) {
        FeatureView view = FeatureViews.of(Map.of("features", name, "extends", "builtin:" + name));
        SparkFeatures.of(view, AsOfRange.day(view, LocalDate.parse(Events.DATE)))
                .over(spark.read().parquet(events))
                .writeParquet(output);
    }

    /** Rows, and the sum of a hash of each; the order of rows and of sets does not matter. */
    private static String content(Dataset<Row> table) {
        List<String> columns = new ArrayList<>();
        String[] names = table.columns();
        Arrays.sort(names);
        for (String name : names) {
            StructField field = table.schema().apply(name);
            if (field.dataType() instanceof ArrayType) {
                columns.add("sort_array(" + name + ")");
            } else if (name.equals("avg_rating")) {
                // Spark's average depends on the order of rows in its last bits; no rating lies at such an edge.
                columns.add("floor(" + name + " * 1000000 + 0.3D)");
            } else {
                columns.add(name);
            }
        }
        Row row = table.selectExpr(
                        "count(*)", "sum(CAST(xxhash64(" + String.join(", ", columns) + ") AS DECIMAL(38, 0)))")
                .first();
        return row.toString();
    }
}
