package io.millrace.engines.spark.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.engines.spark.SparkTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedPlanTest {
    private static SparkSession session;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        session = SparkTable.session();
    }

    @Test
    void foldsMoreKeysThanATableHoldsAndKeysOfMoreRowsThanABatch() {
        Dataset<Row> table = SparkSchemas.readable(session.range(0, 240_000, 1, 3)
                .selectExpr(
                        "CASE WHEN id % 3 = 0 THEN -1L ELSE id % 100000 END AS user_id",
                        "timestamp_micros(id) AS t1", "id AS l1"));
        CollectionAccumulator<Tally> tallies = session.sparkContext().collectionAccumulator();
        List<Row> groups = KeyedPlan.of(table, work(table, Map.of("n", "count(*)", "newest", "last(l1)")), tallies)
                .selectExpr("count(*)", "sum(n)", "max(n)", "max(IF(user_id = -1L, newest, NULL))")
                .collectAsList();
        long users = table.select("user_id").distinct().count();
        assertThat(groups.get(0)).hasToString("[" + users + ",240000,80000,239997]");
    }

    @Test
    void countsOnceWhatIsTriedSeveralTimes() {
        Dataset<Row> table = SparkSchemas.readable(session.range(0, 50_000, 1, 4)
                .selectExpr("id % 1000 AS user_id", "timestamp_micros(id) AS t1", "id AS l1"));
        CollectionAccumulator<Tally> tallies = session.sparkContext().collectionAccumulator();
        MeasuresWork work = work(table, Map.of("n", "count(*)", "quotient", "sum(l1 / (l1 - 7))"));
        String output = folder.resolve("groups").toString();
        session.sparkContext().setLogLevel("OFF");
        KeyedPlan.of(table, new FailingAtFirst(work), tallies).write().parquet(output);
        session.sparkContext().setLogLevel("ERROR");
        Tally tally = tallies.value().stream().reduce(Tally.NOTHING, Tally::plus);
        assertThat(tally.extracted()).isEqualTo(50_000);
        assertThat(tally.filtered()).isEqualTo(5_000);
        assertThat(tally.rejected()).isEqualTo(1);
        assertThat(tally.loaded()).isEqualTo(44_999);
        assertThat(tally.groups()).isEqualTo(900);
        Row written =
                session.read().parquet(output).selectExpr("count(*)", "sum(n)").first();
        assertThat(written).hasToString("[900,44999]");
    }

    private static MeasuresWork work(Dataset<Row> table, Map<String, String> measures) {
        return new MeasuresWork(SparkSchemas.of(table.schema()), List.of("user_id"), new LinkedHashMap<>(measures));
    }

    /** Leaves out a tenth of the rows, and fails in the middle of each task's first attempt, before the shuffle and behind it. */
    private record FailingAtFirst(MeasuresWork work) implements KeyedWork {
        private static final long serialVersionUID = 1;

        @Override
        public Schema input() {
            return work.input();
        }

        @Override
        public Bound bind() {
            Bound bound = work.bind();
            return new Bound(
                    List.of(new Stage(
                            List.of(new TenthLeftOut(work.input(), 1)),
                            bound.stages().get(0).step())),
                    List.of(new TenthLeftOut(bound.output(), 0)),
                    bound.output());
        }
    }

    private static final class TenthLeftOut implements BoundTransform {
        private final Schema schema;
        private final int leftOut;
        private int batches;

        TenthLeftOut(Schema schema, int leftOut) {
            this.schema = schema;
            this.leftOut = leftOut;
        }

        @Override
        public Schema output() {
            return schema;
        }

        @Override
        public Batch apply(Batch input, Rejects rejects) {
            TaskContext task = TaskContext.get();
            if (task != null && task.attemptNumber() == 0 && ++batches == 1 + leftOut) {
                throw new IllegalStateException("a first attempt, on purpose");
            }
            if (leftOut == 0) {
                return input;
            }
            int[] kept = new int[input.rowCount()];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                if ((long) input.column("user_id").value(row) % 10 != 3) {
                    kept[count++] = row;
                }
            }
            rejects.filtered(kept.length - count);
            return input.select(Selection.of(kept, count));
        }
    }
}
