package io.millrace.engines.spark.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import io.millrace.engines.spark.SparkSettings;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;

/**
 * A feature view over a table of Spark: the values that the local engine computes, to the last bit. Spark reads only the columns
 * and the time that the view needs, shuffles, sorts, spills and writes; in between, our own measures compute on columns.
 */
public final class SparkFeatures {
    private final FeatureView view;
    private final AsOfRange range;

    private SparkFeatures(FeatureView view, AsOfRange range) {
        this.view = view;
        this.range = range;
    }

    /** A view for some points in time. */
    public static SparkFeatures of(FeatureView view, AsOfRange range) {
        return new SparkFeatures(view, range);
    }

    /**
     * The view's values. The session of the events gets {@link SparkSettings}, and with adaptive plans, which are Spark's default,
     * the work up to the last shuffle is done in here.
     *
     * @param events with the view's columns; what other columns there are decides about events that tie, as in the local engine.
     *     Columns of types that Millrace does not have (maps, structures) are left out
     * @throws MillraceException a user error where the view does not fit the events
     */
    public FeatureTable over(Dataset<Row> events) {
        SparkSettings.apply(events.sparkSession());
        Dataset<Row> readable = SparkSchemas.readable(events);
        // Before anything is left out, so that errors name the columns that there are.
        BoundFeatures.of(view, SparkSchemas.of(readable.schema()));
        NeededColumns needed = NeededColumns.of(view);
        Column[] columns = Arrays.stream(readable.columns())
                .filter(needed::contains)
                .map(SparkFeatures::column)
                .toArray(Column[]::new);
        Dataset<Row> read = readable.filter(inTime()).select(columns);
        Schema input = SparkSchemas.of(read.schema());
        CollectionAccumulator<Tally> tallies =
                events.sparkSession().sparkContext().collectionAccumulator(view.name());
        return new FeatureTable(view, range, KeyedPlan.of(read, FeatureWork.of(view, range, input), tallies), tallies);
    }

    /** The time that is looked back at; events without one are rejected later, so that somebody sees them. */
    private Column inTime() {
        TimeWindow window = range.events(view);
        Column time = column(view.time());
        Column within = time.lt(lit(window.end().orElseThrow()));
        if (window.start().isPresent()) {
            within = within.and(time.geq(lit(window.start().get())));
        }
        return time.isNull().or(within);
    }

    static Column column(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }
}
