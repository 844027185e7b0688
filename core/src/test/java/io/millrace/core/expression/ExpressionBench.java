package io.millrace.core.expression;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.kernel.RowFailures;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How many rows a second one thread computes, for some expressions: {@code java … ExpressionBench}. The best of some rounds
 * over a batch of 8,192 rows, of which one in {@link #NULLS} values is null in columns that end in {@code n}.
 */
final class ExpressionBench {
    private static final int ROWS = 8_192;
    private static final int NULLS = 10;
    private static final long ROUND_NANOS = 200_000_000;
    private static final int ROUNDS = 6;
    private static final Schema SCHEMA = Schema.of(
            Field.of("a", DataType.INT64),
            Field.of("b", DataType.INT64),
            Field.of("an", DataType.INT64),
            Field.of("x", DataType.FLOAT64),
            Field.of("xn", DataType.FLOAT64),
            Field.of("p", DataType.decimal(10, 2)),
            Field.of("event", DataType.STRING),
            Field.of("ts", DataType.TIMESTAMP));
    private static final List<String> CONDITIONS = List.of(
            "a > 500",
            "an > 500",
            "x > 0.5 AND a < b",
            "xn > 0.5 OR an < b",
            "a IN (1, 2, 3, 5, 8, 13, 21)",
            "event = 'click'",
            "event IN ('view', 'click', 'like', 'purchase')",
            "event LIKE 'c%'",
            "a BETWEEN 100 AND 900",
            "ts >= '2024-01-01' AND event <> 'view'");
    private static final List<String> VALUES = List.of(
            "a + b",
            "an + b * 2",
            "x * 1.1 + a",
            "a / b",
            "p * 2 + p",
            "CASE WHEN a > 500 THEN x ELSE xn END",
            "coalesce(an, b)",
            "greatest(a, b)",
            "EXTRACT(HOUR FROM ts AT TIME ZONE 'Asia/Shanghai')",
            "CAST(ts AS date)",
            "upper(event)",
            "event || '-x'",
            "xxhash64(event, a)",
            "regexp_like(event, '^c')");

    private ExpressionBench() {}

    public static void main(String[] arguments) {
        Batch batch = batch();
        for (int pass = 0; pass < 2; pass++) {
            for (String text : CONDITIONS) {
                BoundPredicate condition = Expression.parse(text).bindPredicate(SCHEMA, Instant.EPOCH);
                RowFailures failures = new RowFailures();
                report(pass, "filter " + text, () -> {
                    failures.begin(ROWS);
                    return condition.select(batch, failures).count();
                });
            }
            for (String text : VALUES) {
                BoundExpression expression = Expression.parse(text).bind(SCHEMA, Instant.EPOCH);
                RowFailures failures = new RowFailures();
                report(pass, text, () -> {
                    failures.begin(ROWS);
                    return expression.evaluate(batch, failures).length();
                });
            }
        }
    }

    private interface Work {
        int run();
    }

    private static void report(int pass, String name, Work work) {
        double best = 0;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long batches = 0;
            while (System.nanoTime() - start < ROUND_NANOS / (pass == 0 ? 4 : 1)) {
                sum += work.run();
                batches++;
            }
            best = Math.max(best, batches * ROWS * 1e3 / (System.nanoTime() - start));
        }
        if (pass > 0) {
            System.out.printf(Locale.ROOT, "%8.1f M rows/s  %s%s%n", best, name, sum == 0 ? " (none)" : "");
        }
    }

    private static Batch batch() {
        Random random = new Random(1);
        List<String> events = List.of("view", "click", "like", "purchase", "add_to_cart", "impression");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("a", (long) random.nextInt(1_000));
            row.put("b", 1L + random.nextInt(1_000));
            row.put("an", random.nextInt(NULLS) == 0 ? null : (Object) (long) random.nextInt(1_000));
            row.put("x", random.nextDouble());
            row.put("xn", random.nextInt(NULLS) == 0 ? null : (Object) random.nextDouble());
            row.put("p", BigDecimal.valueOf(random.nextInt(100_000), 2));
            row.put("event", events.get(random.nextInt(events.size())));
            row.put("ts", Instant.ofEpochSecond(1_700_000_000L + random.nextInt(20_000_000)));
            rows.add(row);
        }
        return Batch.ofRecords(SCHEMA, rows);
    }
}
