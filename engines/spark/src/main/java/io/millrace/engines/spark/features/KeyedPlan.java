package io.millrace.engines.spark.features;

import static org.apache.spark.sql.functions.col;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Keyed steps over a table: each task combines its rows of equal key column by column as far as memory goes, Spark brings the
 * partial rows together and sorts them by key (spilling where it has to), and behind it each key is finished as its rows come.
 */
final class KeyedPlan {
    private KeyedPlan() {}

    /**
     * The last step's output. All but the part behind the last shuffle runs in here where Spark adapts plans to what it finds.
     *
     * @param table with the columns of {@link KeyedWork#input} in this order, as {@link SparkSchemas#readable} makes them
     * @param tallies gets a tally of each task of the stage that reads the output, so that it counts once where that stage is the
     *     last one of the job
     */
    static Dataset<Row> of(Dataset<Row> table, KeyedWork work, CollectionAccumulator<Tally> tallies) {
        SparkSession session = table.sparkSession();
        KeyedWork.Bound bound = work.bind();
        JavaRDD<InternalRow> rows = table.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitionsWithIndex(
                        (partition, read) -> (Iterator<InternalRow>) new BatchRows(
                                new Lifting(work.bind(), 0, partition, new TaskRows(work.input(), partition, read))),
                        true);
        int last = bound.stages().size() - 1;
        for (int i = 0; i < last; i++) {
            int stage = i;
            rows = together(session, bound.stages().get(i), rows)
                    .mapPartitionsWithIndex(
                            (partition, partials) -> {
                                KeyedWork.Bound task = work.bind();
                                return (Iterator<InternalRow>) new BatchRows(
                                        new Lifting(task, stage + 1, partition, new Folding(task, stage, partials)));
                            },
                            true);
        }
        JavaRDD<InternalRow> output = together(session, bound.stages().get(last), rows)
                .mapPartitions(partials -> {
                    KeyedWork.Bound task = work.bind();
                    return (Iterator<InternalRow>)
                            new BatchRows(new Finishing(task, new Folding(task, last, partials), tallies::add));
                });
        return session.internalCreateDataFrame(output.rdd(), SparkSchemas.of(bound.output()), false);
    }

    /** Partial rows with all of a key next to each other. */
    private static JavaRDD<InternalRow> together(
            SparkSession session, KeyedWork.Stage stage, JavaRDD<InternalRow> partials) {
        PartialLayout layout =
                new PartialLayout(stage.step().partial(), stage.step().key());
        Column[] together = layout.together().stream()
                .map(name -> col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new);
        return session.internalCreateDataFrame(partials.rdd(), SparkSchemas.of(layout.rows()), false)
                .repartition(together)
                .sortWithinPartitions(together)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }
}
