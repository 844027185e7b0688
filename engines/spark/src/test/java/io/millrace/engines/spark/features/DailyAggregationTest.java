package io.millrace.engines.spark.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.engines.spark.SparkTable;
import io.millrace.features.AsOfRange;
import io.millrace.features.BuiltInViews;
import io.millrace.features.FeatureView;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyAggregationTest {
    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

    private static SparkSession session;

    @TempDir
    private Path folder;

    private int runs;

    @BeforeAll
    static void start() {
        session = SparkTable.session();
    }

    @Test
    void replacesItsDayAndLeavesOthers() {
        events();
        for (String format : List.of("parquet", "delta")) {
            List<String> always = List.of("--type", "item", "--output-format", format);
            Path output = folder.resolve(format);
            ObjectNode first = run(DAY, output, always);
            run(DAY.plusDays(1), output, always);
            List<String> before = rows(output, format);
            ObjectNode again = run(DAY, output, always);
            assertThat(again).isEqualTo(first);
            assertThat(rows(output, format)).isEqualTo(before);
            assertThat(first.get("items_processed").longValue())
                    .isEqualTo(session.read()
                            .format(format)
                            .load(output.toString())
                            .filter("date = DATE '" + DAY + "'")
                            .count())
                    .isPositive();
            assertThat(first.fieldNames()).toIterable().startsWith("date", "items_processed", "output_path");
        }
    }

    @Test
    void yieldsTheColumnsOfTheOriginalAndReadsCsvToo() {
        Batch events = events();
        run(DAY, folder.resolve("users"), List.of());
        session.read()
                .parquet(input())
                .write()
                .option("header", "true")
                .csv(folder.resolve("csv").toString());
        ObjectNode csv = DailyAggregation.run(
                session,
                DailyArguments.parse(new String[] {
                    "--date", DAY.toString(),
                    "--input", folder.resolve("csv").toString(),
                    "--output", folder.resolve("users-of-csv").toString(),
                    "--format", "csv"
                }),
                "csv");
        assertThat(csv.get("users_processed").longValue()).isPositive();
        FeatureView view = BuiltInViews.view("daily_user_aggregation");
        LocalSteps local =
                LocalSteps.run(FeatureWork.of(view, AsOfRange.day(view, DAY), BehaviourEvents.SCHEMA), events);
        List<String> names = new ArrayList<>(local.output().get(0).keySet());
        assertThat(names).startsWith("user_id", "date", "total_events", "view_count", "click_count", "like_count");
        assertThat(Same.rows(session.read()
                        .parquet(folder.resolve("users").toString())
                        .selectExpr(names.toArray(String[]::new))))
                .isEqualTo(Same.records(local.output()));
    }

    @Test
    void aSecondAttemptAtARunWritesNothing() {
        events();
        FeatureView view = BuiltInViews.view("daily_item_aggregation");
        String table = folder.resolve("table").toString();
        SparkFeatures features = SparkFeatures.of(view, AsOfRange.day(view, DAY));
        assertThat(features.over(session.read().parquet(input())).writeDelta(table, "run-1"))
                .isPresent();
        assertThat(features.over(session.read().parquet(input()).filter("user_id < 3"))
                        .writeDelta(table, "run-1"))
                .isEmpty();
        assertThat(session.read().format("delta").load(table).count()).isPositive();
        assertThat(features.over(session.read().parquet(input()).limit(0)).writeDelta(table, "run-2"))
                .isPresent();
        assertThat(session.read().format("delta").load(table).count()).isZero();
    }

    @Test
    void aJobThatIsTriedAgainSaysWhatItHadDone() {
        events();
        DailyArguments arguments = DailyArguments.parse(new String[] {
            "--date", DAY.toString(),
            "--input", input(),
            "--output", folder.resolve("again").toString(),
            "--output-format", "delta"
        });
        ObjectNode first = DailyAggregation.run(session, arguments, "application");
        ObjectNode second = DailyAggregation.run(session, arguments, "application");
        assertThat(second.get("users_processed").longValue())
                .isEqualTo(first.get("users_processed").longValue())
                .isPositive();
        assertThat(second.get("already_done").booleanValue()).isTrue();
    }

    @Test
    void wrongArgumentsAreExplained() {
        assertThatThrownBy(() ->
                        DailyArguments.parse(new String[] {"--date", "yesterday", "--input", "a", "--output", "b"}))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("--date yesterday is no date")
                .hasMessageContaining("usage:");
        assertThatThrownBy(() -> DailyArguments.parse(new String[] {"--dat"}))
                .hasMessageContaining("there is no option --dat");
    }

    private String input() {
        return folder.resolve("events").toString();
    }

    private Batch events() {
        Batch events = new BehaviourEvents(new Random(7)).rows(2_000);
        SparkTable.of(events, session).write().parquet(input());
        return events;
    }

    private ObjectNode run(LocalDate day, Path output, List<String> more) {
        List<String> words =
                new ArrayList<>(List.of("--date", day.toString(), "--input", input(), "--output", output.toString()));
        words.addAll(more);
        return DailyAggregation.run(session, DailyArguments.parse(words.toArray(String[]::new)), "run-" + ++runs);
    }

    private static List<String> rows(Path output, String format) {
        List<Row> rows = session.read().format(format).load(output.toString()).collectAsList();
        return rows.stream().map(Row::toString).sorted().toList();
    }
}
