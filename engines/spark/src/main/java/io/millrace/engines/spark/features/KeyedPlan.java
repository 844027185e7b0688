package io.millrace.engines.spark.features;

import static org.apache.spark.sql.functions.col;

import io.millrace.api.data.Schema;
import java.util.Iterator;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;

/**
 * A keyed step over a table: each task combines its rows of equal key column by column as far as memory goes, Spark brings the
 * partial rows together and sorts them by key (spilling where it has to), and behind it each key is finished as its rows come.
 */
final class KeyedPlan {
    private KeyedPlan() {}

    /**
     * The step's output. The first part, up to the shuffle, runs in here where Spark adapts plans to what it finds.
     *
     * @param table with the columns of {@link KeyedWork#input} in this order, as {@link SparkSchemas#readable} makes them
     * @param tallies gets a tally of each task of the stage that reads the output, so that it counts once where that stage is the
     *     last one of the job
     */
    static Dataset<Row> of(Dataset<Row> table, KeyedWork work, CollectionAccumulator<Tally> tallies) {
        SparkSession session = table.sparkSession();
        Schema input = work.input();
        KeyedWork.Bound bound = work.bind();
        PartialLayout layout =
                new PartialLayout(bound.step().partial(), bound.step().key());
        RDD<InternalRow> lifted = table.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitionsWithIndex(
                        (partition, rows) ->
                                (Iterator<InternalRow>) new BatchRows(new Lifting(work.bind(), input, partition, rows)),
                        true)
                .rdd();
        Column[] together = layout.together().stream()
                .map(name -> col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        RDD<InternalRow> folded = session.internalCreateDataFrame(lifted, SparkSchemas.of(layout.rows()), false)
                .repartition(together)
                .sortWithinPartitions(together)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(
                        rows -> (Iterator<InternalRow>) new BatchRows(new Folding(work.bind(), rows, tallies::add)))
                .rdd();
        return session.internalCreateDataFrame(folded, SparkSchemas.of(bound.output()), false);
    }
}
