package io.millrace.engines.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random expressions over rows of nasty values: each value and each failure is the same with us and with Spark.
 * More with {@code -Dmillrace.expressions=5000}, others with {@code -Dmillrace.seed=…}.
 */
class SparkEqualityTest {
    private static final int ROWS = 80;
    private static final int IN_A_QUERY = 60;
    private static final Instant RUN_START = Instant.parse("2024-03-01T02:03:04.567890Z");

    private static SparkSession session;

    private final List<String> differences = new ArrayList<>();
    private long values;
    private long failures;

    private record Pair(String text, BoundExpression ours, SparkExpression spark) {}

    @BeforeAll
    static void start() {
        session = SparkTable.session();
    }

    @Test
    void sparkYieldsWhatOurKernelsYield() {
        int wanted = Integer.getInteger("millrace.expressions", 600);
        long seed = Long.getLong("millrace.seed", 1);
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random);
        TreeMap<String, Integer> refusals = new TreeMap<>();
        int refused = 0;
        int compared = 0;
        for (int query = 0; compared < wanted; query++) {
            Batch batch = new NastyBatch(random).rows(ROWS);
            List<Pair> pairs = new ArrayList<>();
            while (pairs.size() < IN_A_QUERY) {
                String text = expressions.any(1 + random.nextInt(4));
                try {
                    pairs.add(pair(text));
                } catch (MillraceException refusal) {
                    refused++;
                    refusals.merge(refusal.getMessage().replaceAll("[0-9(),]+|'.*", ""), 1, Integer::sum);
                }
            }
            compared += pairs.size();
            compare(pairs, batch, query % 4 == 3);
        }
        System.out.println(compared + " expressions, " + values + " values and " + failures + " failures compared; "
                + refused + " were refused");
        refusals.forEach((message, count) -> {
            if (Boolean.getBoolean("millrace.refusals")) {
                System.out.println(count + " " + message);
            }
        });
        assertThat(differences).as("with millrace.seed=" + seed).isEmpty();
        assertThat(refused).as("texts that bind nowhere tell nothing").isLessThan(compared);
    }

    private static Pair pair(String text) {
        Expression expression = Expression.parse(text);
        return new Pair(
                text,
                expression.bind(NastyBatch.SCHEMA, RUN_START),
                SparkExpression.of(expression, NastyBatch.SCHEMA, RUN_START));
    }

    /** @param compiled whether Spark compiles the expressions, or interprets them, which are two implementations of each */
    private void compare(List<Pair> pairs, Batch batch, boolean compiled) {
        session.conf()
                .set(
                        "spark.sql.optimizer.excludedRules",
                        compiled ? "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation" : "");
        Dataset<Row> table = SparkTable.of(batch, session);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            columns.add(pairs.get(i).spark.value() + " AS v" + i);
            columns.add(pairs.get(i).spark.failed() + " AS f" + i);
        }
        Dataset<Row> result;
        List<Row> rows;
        try {
            result = table.selectExpr(columns.toArray(String[]::new));
            rows = result.collectAsList();
        } catch (Exception thrown) {
            if (pairs.size() == 1) {
                differences.add(pairs.get(0).text + "\n  throws " + thrown + "\n  in " + pairs.get(0).spark);
            } else {
                int half = pairs.size() / 2;
                compare(pairs.subList(0, half), batch, compiled);
                compare(pairs.subList(half, pairs.size()), batch, compiled);
            }
            return;
        }
        for (int i = 0; i < pairs.size(); i++) {
            compare(
                    pairs.get(i),
                    batch,
                    rows,
                    i,
                    result.schema().apply(2 * i).dataType().sql());
        }
    }

    private void compare(Pair pair, Batch batch, List<Row> rows, int position, String type) {
        if (!type.equals(SparkTypes.name(pair.ours.type()))) {
            differences.add(pair.text + "\n  is " + pair.ours.type() + ", on Spark " + type + "\n  in " + pair.spark);
            return;
        }
        RowFailures failed = new RowFailures();
        failed.begin(batch.rowCount());
        Column ours = pair.ours.evaluate(batch, failed);
        for (int row = 0; row < batch.rowCount(); row++) {
            Object value = rows.get(row).get(2 * position);
            boolean sparkFailed = rows.get(row).getBoolean(2 * position + 1);
            boolean same = failed.failed(row) == sparkFailed
                    && (sparkFailed || equal(ours.value(row), value, pair.ours.type()));
            failures += failed.failed(row) ? 1 : 0;
            values += failed.failed(row) ? 0 : 1;
            if (!same) {
                differences.add(pair.text + "\n  is " + (failed.failed(row) ? "a failure" : shown(ours.value(row)))
                        + ", on Spark " + (sparkFailed ? "a failure" : shown(value)) + "\n  for "
                        + read(pair.text, batch, row)
                        + "\n  in " + pair.spark);
                return;
            }
        }
    }

    private static boolean equal(Object ours, Object spark, DataType type) {
        if (ours instanceof Double number && spark instanceof Double other) {
            return Double.doubleToLongBits(number) == Double.doubleToLongBits(other);
        } else if (ours instanceof byte[] bytes && spark instanceof byte[] others) {
            return Arrays.equals(bytes, others);
        }
        return Objects.equals(ours, spark);
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : "<" + value + ">";
    }

    private static String read(String text, Batch batch, int row) {
        List<String> cells = new ArrayList<>();
        for (String name : Expression.parse(text).columns()) {
            cells.add(name + " = "
                    + shown(batch.column(batch.schema().require(name)).value(row)));
        }
        return String.join(", ", cells);
    }
}
