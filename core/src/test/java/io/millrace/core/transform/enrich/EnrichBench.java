package io.millrace.core.transform.enrich;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.LookupSource;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.testkit.transform.RecordedRejects;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Prints how fast rows are looked up on one thread. Run its main method; it is no test. */
final class EnrichBench {
    private static final int ROWS = 8_192;

    private EnrichBench() {}

    public static void main(String[] arguments) {
        for (int items : new int[] {100_000, 1_000_000}) {
            measure(items, "int64 key", Map.of("item", "id"), Optional.empty());
            measure(items, "text key of 20 bytes", Map.of("code", "code"), Optional.empty());
            measure(items, "two keys", twoKeys(), Optional.empty());
            measure(
                    items,
                    "as of, 4 versions a key",
                    Map.of("item", "group"),
                    Optional.of(new AsOf("ts", "since", Optional.empty(), Optional.empty())));
        }
    }

    private static Map<String, String> twoKeys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("item", "id");
        keys.put("code", "code");
        return keys;
    }

    private static void measure(int items, String name, Map<String, String> on, Optional<AsOf> asOf) {
        EnrichSettings settings = new EnrichSettings(
                table(items),
                on,
                Map.of("title", "title", "price", "price"),
                new Missing.SetNull(),
                asOf,
                Optional.empty(),
                Optional.empty());
        LookupTransform enrich = new Enrich(settings, settings.request("enrich").connected(MemoryTables.CONTEXT));
        Lookups lookups = new Lookups(enrich.requests());
        lookups.prepareForNow();
        List<Batch> batches = events(items);
        double best = Double.MAX_VALUE;
        try (BoundTransform bound = enrich.bind(batches.get(0).schema(), lookups.at(Instant.EPOCH))) {
            for (int round = 0; round < 8; round++) {
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (Batch batch : batches) {
                    bound.apply(batch, new RecordedRejects());
                }
                double nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
                best = Math.min(best, nanos / (batches.size() * (double) ROWS));
            }
        }
        System.out.printf(
                "%,d rows, %s, adding text of 20 bytes and decimal(8,2): %.0f ns a row, %.1f M rows/s%n",
                items, name, best, 1e3 / best);
    }

    private static LookupSource table(int items) {
        Schema schema = Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("group", DataType.INT64),
                Field.of("code", DataType.STRING),
                Field.of("title", DataType.STRING),
                Field.of("price", DataType.decimal(8, 2)),
                Field.of("since", DataType.TIMESTAMP));
        List<Batch> batches = new ArrayList<>();
        BatchBuilder builder = new BatchBuilder(schema);
        for (int item = 0; item < items; item++) {
            ((LongColumn.Builder) builder.column(0)).append(id(item));
            ((LongColumn.Builder) builder.column(1)).append(id(item / 4));
            ((BytesColumn.Builder) builder.column(2)).append(code(item));
            ((BytesColumn.Builder) builder.column(3)).append(String.format("the item called %04d", item % 10_000));
            ((DecimalColumn.Builder) builder.column(4)).appendUnscaled(item % 100_000);
            ((LongColumn.Builder) builder.column(5)).append(item % 4 * 1_000L);
            if (builder.rowCount() == ROWS || item == items - 1) {
                batches.add(builder.build(null));
            }
        }
        return MemoryTables.wholeBatches(schema, batches);
    }

    private static long id(int item) {
        return item * 0x9e3779b97f4a7c15L;
    }

    private static String code(int item) {
        return String.format("item-%015d", item);
    }

    private static List<Batch> events(int items) {
        Schema schema = Schema.of(
                Field.of("item", DataType.INT64),
                Field.of("code", DataType.STRING),
                Field.of("ts", DataType.TIMESTAMP));
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            BatchBuilder builder = new BatchBuilder(schema);
            for (int row = 0; row < ROWS; row++) {
                int item = random.nextInt(items);
                ((LongColumn.Builder) builder.column(0)).append(id(item));
                ((BytesColumn.Builder) builder.column(1)).append(code(item));
                ((LongColumn.Builder) builder.column(2)).append(random.nextInt(4_000));
            }
            batches.add(builder.build(null));
        }
        return batches;
    }
}
