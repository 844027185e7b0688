package io.millrace.core.transform.normalize;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.ValueLearner;
import io.millrace.testkit.transform.RecordedRejects;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Prints CPU time a row of each rule, and of learning. Run its main method; it is no test. */
final class NormalizeBench {
    private static final int ROWS = 8_192;
    private static final int WORDS = 1_000;

    private NormalizeBench() {}

    public static void main(String[] arguments) {
        Map<String, Object> none = Map.of();
        List<Object> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            words.add("category-" + i);
        }
        rule("z_score", "x", Map.of("mean", 3.5, "stddev", 1.2));
        rule("min_max", "x", Map.of("min", 0, "max", 1, "clamp", true));
        rule("log1p", "x", none);
        rule("clip", "x", Map.of("min", 0.1, "max", 0.9));
        rule("bucket", "x", Map.of("edges", List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)));
        rule("z_score", "d", Map.of("mean", 3.5, "stddev", 1.2));
        rule("index", "s", Map.of("values", words));
        rule("hash", "s", Map.of("buckets", 100_000));
        rule("hash", "n", Map.of("buckets", 100_000));
        rule("one_hot", "s", Map.of("values", words.subList(0, 20)));
        rule("text", "s", Map.of("form", "nfkc", "fold_case", true));
        rule("text", "u", Map.of("form", "nfkc", "fold_case", true));
        learn("learn numbers", "x", new NumberLearner());
        learn("learn values", "s", new ValueLearner(DataType.STRING, "index", 1, 1_000_000));
    }

    private static Batch batch() {
        Random random = new Random(1);
        Schema schema = Schema.of(
                Field.of("x", DataType.FLOAT64),
                Field.of("d", DataType.decimal(10, 2)),
                Field.of("n", DataType.INT64),
                Field.of("s", DataType.STRING),
                Field.of("u", DataType.STRING));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            Map<String, Object> values = new HashMap<>();
            values.put("x", random.nextDouble());
            values.put("d", BigDecimal.valueOf(random.nextInt(100_000), 2));
            values.put("n", (long) random.nextInt(1_000_000));
            values.put("s", "category-" + random.nextInt(WORDS + 50));
            values.put("u", "Ünïcode ｗｏｒｄ " + random.nextInt(WORDS));
            rows.add(values);
        }
        return Batch.ofRecords(schema, rows);
    }

    private static void rule(String kind, String column, Map<String, ?> settings) {
        Batch batch = batch();
        BoundTransform bound = new NormalizeFactory()
                .create(SettingsMaps.bind(NormalizeSettings.class, "normalize", Map.of(column, Map.of(kind, settings))))
                .bind(batch.schema(), null);
        RecordedRejects rejects = new RecordedRejects();
        time(kind + " of " + batch.column(column).type(), batch, rows -> bound.apply(rows, rejects));
    }

    private static void learn(String name, String column, Learner learner) {
        time(name, batch(), rows -> learner.add(rows.column(column)));
    }

    private static void time(String name, Batch batch, Consumer<Batch> work) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < 150; i++) {
                work.accept(batch);
            }
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        double nanos = best / 150 / ROWS;
        System.out.printf("%-28s %6.2f ns a row, %6.0f M rows/s%n", name, nanos, 1_000 / nanos);
    }
}
