package io.millrace.engines.spark.features;

import io.millrace.api.data.DataType;
import io.millrace.engines.spark.SparkTypes;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureView;
import io.millrace.features.Grain;
import io.millrace.features.TileGrid;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.util.CollectionAccumulator;

/** The values of a view as a table of Spark, which is computed when it is written or otherwise asked for. */
public final class FeatureTable {
    private final FeatureView view;
    private final AsOfRange range;
    private final Dataset<Row> rows;
    private final CollectionAccumulator<Tally> tallies;

    FeatureTable(FeatureView view, AsOfRange range, Dataset<Row> rows, CollectionAccumulator<Tally> tallies) {
        this.view = view;
        this.range = range;
        this.rows = rows;
        this.tallies = tallies;
    }

    /** The values, with the columns of {@link io.millrace.features.BoundFeatures#output}. */
    public Dataset<Row> rows() {
        return rows;
    }

    /**
     * Writes the values as Parquet files by day (or point in time), replaces those of the same ones and leaves all others. Spark's
     * own default would remove them.
     *
     * @return what became of events and groups
     */
    public Tally writeParquet(String location) {
        return counted(() -> rows.write()
                .mode(SaveMode.Overwrite)
                .option("partitionOverwriteMode", "dynamic")
                .partitionBy(view.grainColumns().toArray(String[]::new))
                .parquet(location));
    }

    /**
     * Replaces the range's values in a Delta table, in one commit. A second attempt with the same application id writes nothing.
     *
     * @param application identifies this run: never used before, and the same in each attempt at it
     * @return what became of events and groups; empty where this run has been committed before
     */
    public Optional<Tally> writeDelta(String location, String application) {
        Tally counted = counted(() -> rows.write()
                .format("delta")
                .mode(SaveMode.Overwrite)
                .option("replaceWhere", replaced())
                .option("txnAppId", "millrace/" + view.name() + "/" + application)
                .option("txnVersion", "1")
                .partitionBy(view.grainColumns().get(0))
                .save(location));
        boolean written =
                !tallies.value().isEmpty() || rows.queryExecution().toRdd().getNumPartitions() == 0;
        return written ? Optional.of(counted) : Optional.empty();
    }

    /** The condition that exactly the rows of the range meet. */
    String replaced() {
        if (view.grain() instanceof Grain.Days) {
            TileGrid grid = TileGrid.of(view.grain());
            return FeatureView.DATE + " >= DATE '" + grid.day(range.first(grid)) + "' AND " + FeatureView.DATE
                    + " <= DATE '" + grid.day(range.last(grid)) + "'";
        }
        String column = view.grainColumns().get(view.grainColumns().size() - 1);
        return column + " > " + moment(range.after()) + " AND " + column + " <= " + moment(range.until());
    }

    private static String moment(Instant instant) {
        return "CAST('" + instant + "' AS " + SparkTypes.name(DataType.TIMESTAMP) + ")";
    }

    /** Writes, and adds up what the tasks of the write have counted. */
    private Tally counted(Runnable write) {
        tallies.reset();
        write.run();
        return tally();
    }

    /** What the action since the last write has counted; right where the values were read once. */
    Tally tally() {
        return tallies.value().stream().reduce(Tally.NOTHING, Tally::plus);
    }
}
