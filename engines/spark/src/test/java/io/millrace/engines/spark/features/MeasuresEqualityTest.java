package io.millrace.engines.spark.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.core.measure.Measure;
import io.millrace.core.transform.aggregate.Aggregate;
import io.millrace.engines.spark.NastyBatch;
import io.millrace.engines.spark.SparkTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every measure over columns of every type, filtered and not: Spark yields what a local fold yields, to the last bit. Others with
 * {@code -Dmillrace.seed=…}, more rows with {@code -Dmillrace.rows=…}.
 */
class MeasuresEqualityTest {
    private static final List<String> FORMS = List.of(
            "count(*)",
            "count(X)",
            "count(DISTINCT X)",
            "approx_count_distinct(X)",
            "sum(X)",
            "avg(X)",
            "min(X)",
            "max(X)",
            "first(X)",
            "last(X)",
            "last(X, 3)",
            "top(X, 2)",
            "collect_set(X)",
            "collect_set(X, 3)",
            "collect_list(X)",
            "collect_list(X, 4)",
            "variance(X)",
            "var_pop(X)",
            "stddev(X)",
            "stddev_pop(X)",
            "approx_quantile(X, 0.7)",
            "ratio(count(X), count(*))");
    private static final List<String> FILTERS =
            List.of("", "", " FILTER (WHERE b1)", " FILTER (WHERE i1 > 3 OR s1 = 'view')");

    private static SparkSession session;

    private final long seed = Long.getLong("millrace.seed", 1);
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() {
        session = SparkTable.session();
    }

    @Test
    void sparkYieldsWhatALocalFoldYields() {
        System.out.println("millrace.seed=" + seed);
        Batch rows = new NastyBatch(random).rows(Integer.getInteger("millrace.rows", 3_000));
        List<String> texts = texts();
        List<List<String>> keys = List.of(List.of("i2"), List.of("f1", "b2"), List.of("s1", "d1"), List.of());
        for (int i = 0; i < keys.size(); i++) {
            LinkedHashMap<String, String> chosen = new LinkedHashMap<>();
            for (int text = i; text < texts.size(); text += keys.size()) {
                chosen.put("m" + text, texts.get(text));
            }
            compare(rows, new MeasuresWork(NastyBatch.SCHEMA, keys.get(i), chosen));
        }
    }

    @Test
    void countsAndExplainsRowsAndGroupsThatFail() {
        Batch rows = new NastyBatch(random).rows(2_000);
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        texts.put("quotients", "sum(i1 / i2) FILTER (WHERE b1)");
        texts.put("overflowing", "sum(l2)");
        texts.put("divided", "1 / count(x1)");
        Local local = compare(rows, new MeasuresWork(NastyBatch.SCHEMA, List.of("i2"), texts));
        assertThat(local.rows.rejected()).isPositive();
        assertThat(local.groups.rejected()).isPositive();
    }

    /** All that bind, in an order of chance. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Field field : NastyBatch.SCHEMA) {
            for (String form : FORMS) {
                String column = "\"" + field.name() + "\"";
                String text = form.replace("X", column) + FILTERS.get(random.nextInt(FILTERS.size()));
                if (form.startsWith("ratio")) {
                    text = form.replace("X", column);
                }
                try {
                    new Aggregate(
                                    List.of(),
                                    Map.of("m", Measure.parse(text)),
                                    Optional.empty(),
                                    Optional.of("t1"),
                                    List.of("l1"))
                            .bind(NastyBatch.SCHEMA);
                    texts.add(text);
                } catch (MillraceException refused) {
                    assertThat(field.type().kind()).as(text).isNotIn(Kind.INT32, Kind.INT64, Kind.FLOAT64);
                }
            }
        }
        Collections.shuffle(texts, random);
        return texts;
    }

    private record Local(List<Map<String, Object>> results, TaskRejects rows, TaskRejects groups) {}

    private Local compare(Batch rows, MeasuresWork work) {
        Local local = local(rows, work);
        CollectionAccumulator<Tally> tallies = session.sparkContext().collectionAccumulator();
        Dataset<Row> table = SparkSchemas.readable(SparkTable.of(rows, session).repartition(3));
        Dataset<Row> result = KeyedPlan.of(table, work, tallies);
        assertThat(Same.rows(result)).as("with millrace.seed=" + seed).isEqualTo(Same.records(local.results));
        Tally tally = tallies.value().stream().reduce(Tally.NOTHING, Tally::plus);
        assertThat(tally.extracted()).isEqualTo(rows.rowCount());
        assertThat(tally.rejected()).isEqualTo(local.rows.rejected());
        assertThat(tally.groups()).isEqualTo(local.results.size());
        assertThat(tally.groupsRejected()).isEqualTo(local.groups.rejected());
        List<String> lines = new ArrayList<>(local.rows.lines());
        lines.addAll(local.groups.lines());
        assertThat(Same.reasons(tally.rejects())).isEqualTo(Same.reasons(lines));
        return local;
    }

    private static Local local(Batch rows, MeasuresWork work) {
        TaskRejects rejectedRows = new TaskRejects("features");
        TaskRejects rejectedGroups = new TaskRejects("features");
        Lift lift = work.step().lift();
        Fold fold = work.step().fold(Long.MAX_VALUE);
        lift.add(rows, fold::add, rejectedRows);
        lift.flush(fold::add);
        List<Map<String, Object>> groups = new ArrayList<>();
        fold.finish(8_192, rejectedGroups).forEachRemaining(batch -> groups.addAll(batch.records()));
        return new Local(groups, rejectedRows, rejectedGroups);
    }
}
