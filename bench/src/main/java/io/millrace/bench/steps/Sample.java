package io.millrace.bench.steps;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Batches of made-up events. */
final class Sample {
    static final int ROWS = 8_192;
    static final Schema EVENTS = Schema.of(
            Field.of("event_id", DataType.INT64),
            Field.of("item_id", DataType.INT64),
            Field.of("quantity", DataType.INT64),
            Field.of("price", DataType.FLOAT64),
            Field.of("event_type", DataType.STRING),
            Field.of("category", DataType.STRING),
            Field.of("session", DataType.STRING),
            Field.of("page", DataType.STRING));
    static final int ITEMS = 100_000;

    private static final String[] TYPES = {"view", "click", "like", "purchase"};
    private static final String[] CATEGORIES = {"books", "home & garden", "electronics"};

    private Sample() {}

    /** So few batches that they stay in the processor's caches: what is measured is the step. */
    static List<Batch> events() {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            BatchBuilder builder = new BatchBuilder(EVENTS);
            for (int row = 0; row < ROWS; row++) {
                longs(builder, 0).append(random.nextLong());
                longs(builder, 1).append(1 + random.nextInt(ITEMS));
                longs(builder, 2).append(random.nextInt(10));
                ((DoubleColumn.Builder) builder.column(3)).append(random.nextInt(10_000) / 100.0);
                text(builder, 4).append(TYPES[random.nextInt(TYPES.length)]);
                text(builder, 5).append(CATEGORIES[random.nextInt(CATEGORIES.length)]);
                text(builder, 6).append(new UUID(random.nextLong(), random.nextLong()).toString());
                text(builder, 7).append("/items/" + random.nextInt(ITEMS) + "?ref=home page");
            }
            batches.add(builder.build(null));
        }
        return batches;
    }

    static LongColumn.Builder longs(BatchBuilder builder, int column) {
        return (LongColumn.Builder) builder.column(column);
    }

    static BytesColumn.Builder text(BatchBuilder builder, int column) {
        return (BytesColumn.Builder) builder.column(column);
    }
}
