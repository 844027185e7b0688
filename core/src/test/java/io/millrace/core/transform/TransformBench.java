package io.millrace.core.transform;

import io.millrace.api.BoundTransform;
import io.millrace.api.ByteSize;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.clean.CleanFactory;
import io.millrace.core.transform.clean.CleanSettings;
import io.millrace.core.transform.clean.Conversion;
import io.millrace.core.transform.clean.NullPolicy;
import io.millrace.core.transform.clean.Outlier;
import io.millrace.core.transform.clean.StringCleaning;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Prints how fast cleaning and (with any argument: only) deduplication are. Run its main method; it is no test. */
final class TransformBench {
    private static final int ROWS = 8_192;
    private static final Rejects NOWHERE = new Rejects() {
        @Override
        public void reject(Batch batch, int row, String column, String reason) {}

        @Override
        public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {}

        @Override
        public void filtered(int rows) {}

        @Override
        public void deduplicated(int rows) {}
    };

    private TransformBench() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            for (double dirty : new double[] {0, 0.05}) {
                strings(dirty);
            }
            mainJob(0.0);
            mainJob(0.02);
        }
        for (boolean sequential : new boolean[] {true, false}) {
            longs(sequential);
        }
        texts();
    }

    private static void strings(double dirty) {
        Random random = new Random(1);
        Schema schema = Schema.of(
                Field.of("type", DataType.STRING),
                Field.of("category", DataType.STRING),
                Field.of("session", DataType.STRING),
                Field.of("page", DataType.STRING));
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            BatchBuilder builder = new BatchBuilder(schema);
            for (int row = 0; row < ROWS; row++) {
                builder.appendRecord(Map.of(
                        "type", text(random, pick(random, "view", "click", "like", "purchase"), dirty),
                        "category", text(random, pick(random, "books", "home & garden", "electronics"), dirty),
                        "session", text(random, new UUID(random.nextLong(), random.nextLong()).toString(), dirty),
                        "page", text(random, "/items/" + random.nextInt(100_000) + "?ref=home page", dirty)));
            }
            batches.add(builder.build(null));
        }
        CleanSettings settings = new CleanSettings(StringCleaning.DEFAULT, Map.of(), Map.of(), Map.of());
        double nanos = nanosPerRow(settings, schema, batches);
        System.out.printf("strings, %.0f %% dirty: %.1f M cells/s%n", dirty * 100, 4e3 / nanos);
    }

    private static void mainJob(double dirty) {
        Random random = new Random(2);
        Schema schema = Schema.of(
                Field.of("event_id", DataType.INT64),
                Field.of("user_id", DataType.INT64),
                Field.of("item_id", DataType.INT64),
                Field.of("event_type", DataType.STRING),
                Field.of("category", DataType.STRING),
                Field.of("rating", DataType.FLOAT64),
                Field.of("session", DataType.STRING),
                Field.of("page", DataType.STRING),
                Field.of("price", DataType.decimal(10, 2)),
                Field.of("ts", DataType.STRING),
                Field.of("created_at", DataType.TIMESTAMP));
        for (boolean text : new boolean[] {false, true}) {
            Schema used = text ? schema : schema.with(9, Field.of("ts", DataType.TIMESTAMP));
            List<Batch> batches = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                batches.add(events(random, used, text, dirty));
            }
            CleanSettings settings = new CleanSettings(
                    StringCleaning.DEFAULT,
                    Map.of(
                            "rating", new NullPolicy.Default(0.0),
                            "category", new NullPolicy.Default("unknown"),
                            "user_id", new NullPolicy.Reject()),
                    text
                            ? Map.of(
                                    "ts",
                                    Conversion.fromYaml(
                                            Map.of("timestamp", "yyyy-MM-dd HH:mm:ss", "zone", "Asia/Shanghai")))
                            : Map.of(),
                    Map.of("rating", new Outlier(Optional.of(0), Optional.of(5), Outlier.Action.REJECT)));
            System.out.printf(
                    "main job, 11 columns, %.0f %% dirty, ts %s: %.1f ns/row%n",
                    dirty * 100, text ? "as text" : "as timestamp", nanosPerRow(settings, used, batches));
        }
    }

    private static Batch events(Random random, Schema schema, boolean text, double dirty) {
        BatchBuilder builder = new BatchBuilder(schema);
        for (int row = 0; row < ROWS; row++) {
            java.util.HashMap<String, Object> record = new java.util.HashMap<>();
            record.put("event_id", random.nextLong());
            record.put("user_id", (long) random.nextInt(100_000));
            record.put("item_id", (long) random.nextInt(100_000));
            record.put("event_type", text(random, pick(random, "view", "click", "like", "purchase"), dirty));
            record.put(
                    "category",
                    random.nextInt(20) == 0 ? null : text(random, pick(random, "books", "home", "electronics"), dirty));
            record.put(
                    "rating",
                    random.nextInt(3) == 0
                            ? null
                            : (Double) (random.nextDouble() * (random.nextDouble() < dirty ? 9 : 5)));
            record.put("session", new UUID(random.nextLong(), random.nextLong()).toString());
            record.put("page", text(random, "/items/" + random.nextInt(100_000), dirty));
            record.put("price", java.math.BigDecimal.valueOf(random.nextInt(100_000), 2));
            long micros = 1_700_000_000_000_000L + random.nextInt(1 << 30) * 1_000L;
            java.time.Instant instant = java.time.Instant.ofEpochMilli(micros / 1_000);
            record.put("ts", text ? instant.toString().substring(0, 19).replace('T', ' ') : instant);
            record.put("created_at", instant);
            builder.appendRecord(record);
        }
        return builder.build(null);
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String text(Random random, String text, double dirty) {
        return random.nextDouble() < dirty
                ? pick(random, " ", "\t", "\u00a0") + text + pick(random, " ", "\u0001")
                : text;
    }

    private static double nanosPerRow(CleanSettings settings, Schema schema, List<Batch> batches) {
        double best = Double.MAX_VALUE;
        try (BoundTransform clean = new CleanFactory().create(settings).bind(schema, null)) {
            for (int round = 0; round < 7; round++) {
                long start = cpuNanos();
                int rows = 0;
                for (int i = 0; i < 40; i++) {
                    for (Batch batch : batches) {
                        clean.apply(batch, NOWHERE);
                        rows += batch.rowCount();
                    }
                }
                best = Math.min(best, (double) (cpuNanos() - start) / rows);
            }
        }
        return best;
    }

    private static void longs(boolean sequential) {
        Schema schema = Schema.of(Field.of("id", DataType.INT64));
        List<Batch> batches = new ArrayList<>();
        Random random = new Random(3);
        int count = 5_000_000 / ROWS;
        for (int i = 0; i < count; i++) {
            long[] values = new long[ROWS];
            for (int row = 0; row < ROWS; row++) {
                values[row] = sequential ? (long) i * ROWS + row : random.nextLong();
            }
            Column column = LongColumn.of(DataType.INT64, ROWS, NullBitmap.NONE, values);
            batches.add(Batch.of(schema, ROWS, List.of(column), null));
        }
        plainTable(sequential ? "sequential longs" : "random longs", batches);
        claim(sequential ? "sequential longs" : "random longs", schema, "id", batches);
    }

    /** The least that is needed: one thread, room for all keys from the start, no owners, no notes. */
    private static void plainTable(String name, List<Batch> batches) {
        int capacity = (int) (batches.size() * (long) ROWS * 4 / 3);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long start = cpuNanos();
            long[] table = new long[capacity];
            int kept = 0;
            for (Batch batch : batches) {
                for (long value : ((LongColumn) batch.column(0)).values()) {
                    long hash = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
                    int slot = (int) ((hash >>> 32) * capacity >>> 32);
                    while (table[slot] != 0 && table[slot] != value) {
                        slot = slot + 1 == capacity ? 0 : slot + 1;
                    }
                    kept += table[slot] == 0 ? 1 : 0;
                    table[slot] = value;
                }
            }
            best = Math.min(best, (double) (cpuNanos() - start) / kept);
        }
        System.out.printf("plain table, %s: %.0f ns a key%n", name, best);
    }

    private static void texts() {
        Schema schema = Schema.of(Field.of("id", DataType.STRING));
        List<Batch> batches = new ArrayList<>();
        Random random = new Random(4);
        int count = 5_000_000 / ROWS;
        for (int i = 0; i < count; i++) {
            byte[] data = new byte[36 * ROWS];
            int[] offsets = new int[ROWS + 1];
            random.nextBytes(data);
            for (int at = 0; at < data.length; at++) {
                data[at] = (byte) ('a' + (data[at] & 15));
            }
            for (int row = 0; row <= ROWS; row++) {
                offsets[row] = 36 * row;
            }
            Column column = BytesColumn.of(DataType.STRING, ROWS, NullBitmap.NONE, data, offsets);
            batches.add(Batch.of(schema, ROWS, List.of(column), null));
        }
        claim("texts of 36 bytes", schema, "id", batches);
    }

    private static void claim(String name, Schema schema, String key, List<Batch> batches) {
        for (int round = 0; round < 8; round++) {
            ClaimTable table = new Deduplicate(List.of(key)).claimTable(schema, 7, ByteSize.parse("2GB"));
            Ticket ticket = table.open("p", 1);
            if (round > 3) {
                table.expect(5_000_000);
            }
            long start = cpuNanos();
            for (Batch batch : batches) {
                ticket.claim(batch);
            }
            double nanos = cpuNanos() - start;
            if (round % 4 == 3) {
                System.out.printf(
                        "deduplicate, %s, %s: %,d keys, %.1f M keys/s, %.0f ns a key, %.1f bytes a key%n",
                        name,
                        round > 3 ? "size expected" : "growing",
                        table.size(),
                        table.size() * 1e3 / nanos,
                        nanos / table.size(),
                        (double) table.memoryBytes() / table.size());
            }
        }
    }

    /** This thread's, so that the machine's other work does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
