package io.millrace.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetEncodingTest {
    private static final int ROWS = 90_000;
    private static final Schema SCHEMA = Schema.of(
            Field.of("constant", DataType.STRING),
            Field.of("constant_long", DataType.INT64),
            Field.of("runs", DataType.STRING),
            Field.of("sorted", DataType.INT64),
            new Field("late_unique", DataType.STRING, false),
            Field.of("late_unique_long", DataType.INT64),
            Field.of("mostly_null", DataType.DATE),
            Field.of("only_null", DataType.STRING),
            Field.of("shared_prefix", DataType.STRING),
            Field.of("ratio", DataType.FLOAT64),
            Field.of("flag", DataType.BOOLEAN));

    @TempDir
    Path folder;

    @Test
    void everyShapeOfColumnIsReadAlikeAndHasTrueBounds() throws Exception {
        List<Map<String, Object>> rows = rows(new Random(7));
        Path file = folder.resolve("shapes.parquet");
        try (ParquetBatchWriter writer = new ParquetBatchWriter(file, SCHEMA, ParquetOptions.DEFAULT)) {
            for (int from = 0; from < ROWS; from += 9_000) {
                writer.write(Batch.ofRecords(SCHEMA, rows.subList(from, from + 9_000)));
            }
            writer.finish();
        }
        assertThat(ParquetRoundTripTest.read(file, SCHEMA).equals(rows))
                .as("our reader")
                .isTrue();
        assertThat(ForeignReaders.parquetJava(file, SCHEMA).equals(rows))
                .as("parquet-java")
                .isTrue();
        assertThat(ForeignReaders.duckDb(file, SCHEMA).equals(rows))
                .as("DuckDB")
                .isTrue();
        checkBounds(file, rows);
    }

    private static List<Map<String, Object>> rows(Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("constant", "android");
            row.put("constant_long", i % 1000 == 500 ? null : 42L);
            row.put("runs", "run " + i / 777 + (i % 777 < 20 ? random.nextInt(5) : ""));
            row.put("sorted", (long) i);
            row.put("late_unique", i < 10_000 ? "w" + i % 50 : "unique value number " + random.nextLong());
            row.put("late_unique_long", i < 10_000 ? i % 50L : random.nextLong());
            row.put("mostly_null", i % 97 == 0 ? java.time.LocalDate.ofEpochDay(i / 3) : null);
            row.put("only_null", null);
            row.put("shared_prefix", i == 70_000 ? "x".repeat(100_000) : "/shop/item/" + random.nextInt(100_000) + "é");
            row.put("ratio", random.nextInt(9) / 8.0 - 0.5);
            row.put("flag", i % 5 == 0 ? null : (Object) (i % 2 == 0));
            rows.add(row);
        }
        return rows;
    }

    private static void checkBounds(Path file, List<Map<String, Object>> rows) throws Exception {
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            assertThat(reader.getRowGroups()).hasSize(1);
            for (ColumnChunkMetaData chunk : reader.getRowGroups().get(0).getColumns()) {
                String name = chunk.getPath().toDotString();
                List<Object> values = rows.stream().map(row -> row.get(name)).toList();
                Statistics<?> statistics = chunk.getStatistics();
                if (name.equals("shared_prefix")) {
                    // Parquet-java leaves out statistics with values beyond 4 KiB.
                    continue;
                }
                assertThat(statistics.getNumNulls())
                        .as(name)
                        .isEqualTo(values.stream()
                                .filter(java.util.Objects::isNull)
                                .count());
                if (SCHEMA.field(SCHEMA.indexOf(name)).type().equals(DataType.INT64)) {
                    assertThat(statistics.genericGetMin())
                            .as(name)
                            .isEqualTo(longs(values).min().getAsLong());
                    assertThat(statistics.genericGetMax())
                            .as(name)
                            .isEqualTo(longs(values).max().getAsLong());
                } else if (name.equals("late_unique") || name.equals("runs")) {
                    List<String> sorted =
                            values.stream().map(String.class::cast).sorted().toList();
                    assertThat(((Binary) statistics.genericGetMin()).toStringUsingUTF8())
                            .isEqualTo(sorted.get(0));
                    assertThat(((Binary) statistics.genericGetMax()).toStringUsingUTF8())
                            .isEqualTo(sorted.get(ROWS - 1));
                } else if (name.equals("ratio")) {
                    assertThat(statistics.genericGetMin()).isEqualTo(-0.5);
                    assertThat(statistics.genericGetMax()).isEqualTo(0.5);
                }
            }
        }
    }

    private static java.util.stream.LongStream longs(List<Object> values) {
        return values.stream().filter(java.util.Objects::nonNull).mapToLong(Long.class::cast);
    }
}
