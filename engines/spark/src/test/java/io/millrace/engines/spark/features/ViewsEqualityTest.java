package io.millrace.engines.spark.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.engines.spark.SparkTable;
import io.millrace.features.AsOfRange;
import io.millrace.features.BuiltInViews;
import io.millrace.features.FeatureView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every built-in view, and ones with hops and sessions: Spark yields what the local engine yields, to the last bit, and counts
 * and explains the same rejects. Others with {@code -Dmillrace.seed=…}, more rows with {@code -Dmillrace.rows=…}.
 */
class ViewsEqualityTest {
    private static final Map<String, Object> HOPS = Map.of(
            "features",
            "trending",
            "entity",
            List.of("category", "event_type"),
            "hop",
            "6h",
            "zone",
            "America/New_York",
            "events",
            Map.of("time", "timestamp", "tie_break", List.of("user_id")),
            "measures",
            Map.of(
                    "events_12h", Map.of("measure", "count(*)", "window", "12h"),
                    "fading", Map.of("measure", "count(price)", "window", "2d", "half_life", "6h"),
                    "last_prices", Map.of("measure", "last(price, 5)", "window", "1d"),
                    "spread", Map.of("measure", "max(price) - min(price)", "window", "2d"),
                    "quotient", "sum(item_id / user_id)"));
    private static final Map<String, Object> SESSIONS = Map.of(
            "features", "visits",
            "entity", "user_id",
            "sessions", Map.of("gap", "2h", "max", "12h"),
            "events", Map.of("time", "timestamp"),
            "measures", Map.of("events", "count(*)", "revenue", "sum(price)", "path", "collect_list(item_id)"));

    private static SparkSession session;

    private final long seed = Long.getLong("millrace.seed", 1);
    private final Batch events = new BehaviourEvents(new Random(seed)).rows(Integer.getInteger("millrace.rows", 4_000));

    @BeforeAll
    static void start() {
        session = SparkTable.session();
    }

    @Test
    void builtInViewsAreTheSameAsWithTheLocalEngine() {
        for (String name : BuiltInViews.names()) {
            FeatureView view = FeatureViews.of(
                    Map.of("features", name, "extends", BuiltInViews.PREFIX + name, "zone", "America/New_York"));
            ZoneId zone = view.grain().zone();
            Instant first = Instant.parse("2024-03-09T12:00:00Z")
                    .atZone(zone)
                    .toLocalDate()
                    .atStartOfDay(zone)
                    .toInstant();
            Instant end = first.atZone(zone).plusDays(3).toInstant();
            compare(view, AsOfRange.between(view, first, end));
        }
    }

    @Test
    void valuesAsOfOnePointInTime() {
        FeatureView view = BuiltInViews.view("user_features");
        compare(view, AsOfRange.asOf(view, Instant.parse("2024-03-11T00:00:00Z")));
    }

    @Test
    void hopsAndSessions() {
        FeatureView hops = FeatureViews.of(HOPS);
        Tally counted = compare(
                hops,
                AsOfRange.between(hops, Instant.parse("2024-03-09T06:00:00Z"), Instant.parse("2024-03-11T12:00:00Z")));
        assertThat(counted.rejected()).as("divisions by zero, no time").isPositive();
        FeatureView sessions = FeatureViews.of(SESSIONS);
        compare(sessions, new AsOfRange(Instant.parse("2024-03-01T00:00:00Z"), Instant.parse("2024-03-04T00:00:00Z")));
    }

    private Tally compare(FeatureView view, AsOfRange range) {
        LocalSteps local =
                LocalSteps.run(FeatureWork.of(view, range, BehaviourEvents.SCHEMA), readBySpark(view, range));
        FeatureTable table = SparkFeatures.of(view, range)
                .over(SparkTable.of(events, session).repartition(3));
        List<String> rows = Same.rows(table.rows());
        assertThat(rows).as(view.name() + " with millrace.seed=" + seed).isEqualTo(Same.records(local.output()));
        assertThat(rows).isNotEmpty();
        Tally tally = table.tally();
        assertThat(new Counts(tally)).as(view.name()).isEqualTo(new Counts(local.tally()));
        return tally;
    }

    /** What Spark's reader is told to leave out is not counted: everything before the longest window, or after the end. */
    private Batch readBySpark(FeatureView view, AsOfRange range) {
        Instant from = range.events(view).start().orElseThrow();
        int[] read = new int[events.rowCount()];
        int count = 0;
        for (int row = 0; row < read.length; row++) {
            Instant time = (Instant) events.column("timestamp").value(row);
            if (time == null || !time.isBefore(from) && time.isBefore(range.until())) {
                read[count++] = row;
            }
        }
        return events.select(Selection.of(read, count));
    }

    private record Counts(
            long extracted, long filtered, long rejected, long groups, long groupsFiltered, long groupsRejected) {
        Counts(Tally tally) {
            this(
                    tally.extracted(),
                    tally.filtered(),
                    tally.rejected(),
                    tally.groups(),
                    tally.groupsFiltered(),
                    tally.groupsRejected());
        }
    }
}
