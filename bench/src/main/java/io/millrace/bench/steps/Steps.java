package io.millrace.bench.steps;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;

/** The steps that are measured. */
public final class Steps {
    private Steps() {}

    /** Takes a rate in rows, or cells, a second. */
    public interface Results {
        void add(String name, double rate, String goal);
    }

    /** Measures all but {@link #grouping}, one after another. */
    public static void measure(Results results) {
        List<Batch> events = Sample.events();
        Schema schema = Sample.EVENTS;
        results.add(
                "`filter`: `price >= 25 AND quantity < 8`",
                rate("filter", "price >= 25 AND quantity < 8", schema, events, 1),
                "50");
        results.add(
                "`filter`: `event_type IN ('view', 'click')`",
                rate("filter", "event_type IN ('view', 'click')", schema, events, 1),
                "50");
        results.add(
                "`derive`: `price * quantity + 1.5`",
                rate("derive", Map.of("total", "price * quantity + 1.5E0"), schema, events, 1),
                "50");
        results.add(
                "`derive`: `quantity * 3 + item_id`",
                rate("derive", Map.of("total", "quantity * 3 + item_id"), schema, events, 1),
                "50");
        results.add("`clean`, four clean text columns, cells", rate("clean", Map.of(), schema, events, 4), "10");
        LookupSteps.measure(results);
        results.add("`deduplicate`, one int64 key, 5 M keys", Work.rate(new Duplicates()), "5");
    }

    private static double rate(String step, Object settings, Schema schema, List<Batch> batches, int cellsPerRow) {
        return Work.rate(RowSteps.step(step, settings, schema, batches, cellsPerRow));
    }

    /** Rows a second that are grouped. */
    public static double grouping() {
        return Work.rate(new Grouping());
    }

    /** The main class that lets DuckDB group the same rows, and prints its rate. */
    public static Class<?> duckDbGrouping() {
        return DuckDbGrouping.class;
    }
}
