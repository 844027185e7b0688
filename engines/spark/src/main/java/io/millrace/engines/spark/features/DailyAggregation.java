package io.millrace.engines.spark.features;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.features.AsOfRange;
import io.millrace.features.BuiltInViews;
import io.millrace.features.FeatureView;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The daily aggregations as a job for {@code spark-submit}: {@code --date 2026-01-31 --input lake/behaviors --output lake/days
 * --type user|item}. Its last line says what has been done. A run for a day replaces that day and no other.
 */
public final class DailyAggregation {
    private static final String DATE = "date";

    private DailyAggregation() {}

    /** Ends with 2 where the arguments are wrong, and with an exception where the job failed, as spark-submit expects. */
    public static void main(String[] words) {
        DailyArguments arguments;
        try {
            arguments = DailyArguments.parse(words);
        } catch (MillraceException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        SparkSession.Builder builder =
                SparkSession.builder().appName("millrace daily_" + arguments.type() + "_aggregation");
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]");
        }
        try (SparkSession session = builder.getOrCreate()) {
            System.out.println("Job completed: "
                    + run(session, arguments, session.sparkContext().applicationId()));
        }
    }

    /**
     * Computes and writes a day; what has been done, as JSON.
     *
     * @param application names the run: the same in each attempt at it
     */
    static ObjectNode run(SparkSession session, DailyArguments arguments, String application) {
        FeatureView view = view(arguments);
        AsOfRange range = AsOfRange.day(view, arguments.date());
        FeatureTable table = SparkFeatures.of(view, range).over(events(session, arguments));
        // One application may be asked for several days.
        Optional<Tally> tally = arguments.outputFormat().equals("delta")
                ? table.writeDelta(arguments.output(), application + "/" + arguments.date())
                : Optional.of(table.writeParquet(arguments.output()));
        String counted = arguments.type().equals("user") ? "users_processed" : "items_processed";
        ObjectNode summary = new ObjectMapper().createObjectNode();
        summary.put("date", arguments.date().toString());
        if (tally.isEmpty()) {
            Dataset<Row> written = session.read().format("delta").load(arguments.output());
            return summary.put(counted, written.filter(table.replaced()).count())
                    .put("output_path", arguments.output())
                    .put("already_done", true);
        }
        tally.get().rejects().forEach(System.err::println);
        return summary.put(counted, tally.get().groups())
                .put("output_path", arguments.output())
                .put("extracted", tally.get().extracted())
                .put("filtered", tally.get().filtered())
                .put("rejected", tally.get().rejected())
                .put("groups_rejected", tally.get().groupsRejected());
    }

    private static FeatureView view(DailyArguments arguments) {
        String name = "daily_" + arguments.type() + "_aggregation";
        Map<String, Object> document = Map.of(
                "features",
                name,
                "extends",
                BuiltInViews.PREFIX + name,
                "events",
                Map.of("time", arguments.timeColumn()),
                "zone",
                arguments.zone().getId());
        return FeatureViews.of(document);
    }

    /**
     * The events. Where they have a column {@code date}, it is their day, in whatever zone: so only partitions of that day and its
     * neighbours are opened.
     */
    private static Dataset<Row> events(SparkSession session, DailyArguments arguments) {
        Dataset<Row> events = session.read()
                .options(arguments.inputOptions())
                .format(arguments.inputFormat())
                .load(arguments.input());
        if (!Arrays.asList(events.columns()).contains(DATE)) {
            return events;
        }
        LocalDate day = arguments.date();
        return events.filter("CAST(`" + DATE + "` AS DATE) IS NULL OR `" + DATE + "` BETWEEN '" + day.minusDays(1)
                + "' AND '" + day.plusDays(1) + "'");
    }
}
