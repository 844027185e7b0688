package io.millrace.formats.parquet;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** CPU time of writing event rows from prepared batches: {@code WriterBenchmark FOLDER [ROUNDS] [zstd|snappy|none]}. */
final class WriterBenchmark {
    private static final int ROWS = 2_000_000;
    private static final int BATCH = 8192;
    private static final String[] TYPES = {"view", "click", "like", "purchase"};
    private static final String[] WORDS = {
        "the",
        "quick",
        "delivery",
        "was",
        "great",
        "and",
        "colour",
        "matches",
        "picture",
        "will",
        "buy",
        "again",
        "poor",
        "quality",
        "box",
        "arrived",
        "late",
        "but",
        "support",
        "helped"
    };
    private static final Schema SCHEMA = Schema.of(
            Field.of("event_id", DataType.INT64),
            Field.of("user_id", DataType.INT64),
            Field.of("item_id", DataType.INT64),
            Field.of("event_type", DataType.STRING),
            Field.of("category", DataType.STRING),
            Field.of("rating", DataType.FLOAT64),
            Field.of("session", DataType.STRING),
            Field.of("device", DataType.STRING),
            Field.of("page", DataType.STRING),
            Field.of("note", DataType.STRING),
            Field.of("ts", DataType.TIMESTAMP));

    private WriterBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        ParquetCompression compression = arguments.length > 2
                ? ParquetCompression.valueOf(arguments[2].toUpperCase(Locale.ROOT))
                : ParquetCompression.ZSTD;
        List<Batch> batches = batches();
        for (int round = 0; round < rounds; round++) {
            write(folder, SCHEMA, batches, compression);
        }
        for (Field field : SCHEMA) {
            Schema single = Schema.of(field);
            List<Batch> column = batches.stream()
                    .map(batch -> batch.withColumns(single, List.of(batch.column(field.name()))))
                    .toList();
            System.out.print(field.name() + ": ");
            write(folder, single, column, compression);
        }
    }

    private static void write(Path folder, Schema schema, List<Batch> batches, ParquetCompression compression)
            throws IOException {
        Path file = folder.resolve("bench.parquet");
        Files.deleteIfExists(file);
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        FileSummary summary;
        try (ParquetBatchWriter writer = new ParquetBatchWriter(file, schema, ParquetOptions.of(compression))) {
            for (Batch batch : batches) {
                writer.write(batch);
            }
            summary = writer.finish();
        }
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        System.out.printf(
                "%.3f µs CPU a row, %.3f µs wall, %.2f M rows/s, %.1f MB%n",
                cpu / 1e3 / ROWS, wall / 1e3 / ROWS, ROWS * 1e3 / wall, summary.bytes() / 1e6);
    }

    private static List<Batch> batches() {
        Random random = new Random(42);
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        List<Batch> batches = new ArrayList<>();
        long bytes = 0;
        long time = 1_700_000_000_000_000L;
        String[] sessions = new String[64];
        for (int row = 0; row < ROWS; row++) {
            int live = random.nextInt(sessions.length);
            if (sessions[live] == null || random.nextInt(10) == 0) {
                sessions[live] = String.format("%016x%016x", random.nextLong(), random.nextLong());
            }
            long item = (long) (50_000 * Math.pow(random.nextDouble(), 3));
            time += random.nextInt(2_000_000);
            longs(builder, 0).append(1_000_000L + row);
            longs(builder, 1).append((long) (200_000 * Math.pow(random.nextDouble(), 2)));
            longs(builder, 2).append(item);
            text(builder, 3).append(TYPES[Math.min(3, random.nextInt(10) / 3)]);
            text(builder, 4).append("category-" + item % 40);
            if (random.nextInt(20) == 0) {
                builder.column(5).appendNull();
            } else {
                ((DoubleColumn.Builder) builder.column(5)).append(random.nextInt(11) / 2.0);
            }
            text(builder, 6).append(sessions[live]);
            text(builder, 7).append(random.nextInt(3) == 0 ? "ios" : "android-phone");
            text(builder, 8).append("/shop/item/" + item + "?ref=" + random.nextInt(1000));
            StringBuilder note = new StringBuilder();
            for (int i = random.nextInt(9); i >= 0; i--) {
                note.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            text(builder, 9).append(note.toString());
            longs(builder, 10).append(time);
            if (builder.rowCount() == BATCH || row == ROWS - 1) {
                Batch batch = builder.build(null);
                for (int column : new int[] {3, 4, 6, 7, 8, 9}) {
                    bytes += ((BytesColumn) batch.column(column)).offsets()[batch.rowCount()];
                }
                batches.add(batch);
            }
        }
        System.out.printf("%.0f bytes a row%n", bytes / (double) ROWS + 40);
        return batches;
    }

    private static LongColumn.Builder longs(BatchBuilder builder, int column) {
        return (LongColumn.Builder) builder.column(column);
    }

    private static BytesColumn.Builder text(BatchBuilder builder, int column) {
        return (BytesColumn.Builder) builder.column(column);
    }
}
