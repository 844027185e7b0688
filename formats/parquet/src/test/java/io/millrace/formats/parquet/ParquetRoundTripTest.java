package io.millrace.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void allReadersSeeWhatWasWritten(long seed) throws Exception {
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        ParquetCompression compression = ParquetCompression.values()[(int) (seed % 4)];
        Path file = folder.resolve("random.parquet");
        List<Map<String, Object>> written = new ArrayList<>();
        long rowGroup = seed % 3 == 0 ? 1 : ParquetOptions.USUAL_ROW_GROUP_BYTES;
        FileSummary summary;
        try (ParquetBatchWriter writer = new ParquetBatchWriter(
                file, schema, ParquetOptions.of(compression).withRowGroupBytes(rowGroup))) {
            for (int i = random.random().nextInt(4); i >= 0; i--) {
                Batch batch = random.batch(schema, random.random().nextInt(3000));
                writer.write(batch);
                written.addAll(batch.records());
            }
            summary = writer.finish();
        }
        assertThat(summary.rows()).isEqualTo(written.size());
        assertThat(summary.bytes()).isEqualTo(java.nio.file.Files.size(file));
        String name = "seed " + seed + " " + schema;
        assertSame(name + ", our reader", read(file, schema), written);
        assertSame(name + ", parquet-java", ForeignReaders.parquetJava(file, schema), written);
        assertSame(name + ", DuckDB", ForeignReaders.duckDb(file, schema), written);
    }

    static List<Map<String, Object>> read(Path file, Schema schema) {
        List<Map<String, Object>> records = new ArrayList<>();
        try (ParquetBatchReader reader = ParquetBatchReader.open(file, 700)) {
            assertThat(reader.schema()).isEqualTo(schema);
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                assertThat(batch.rowCount()).isBetween(1, 700);
                assertThat(batch.origin().orElseThrow().ordinal(0)).isEqualTo(records.size());
                records.addAll(batch.records());
            }
        }
        return records;
    }

    private static void assertSame(String name, List<Map<String, Object>> read, List<Map<String, Object>> written) {
        assertThat(read).as(name).hasSameSizeAs(written);
        for (int row = 0; row < written.size(); row++) {
            assertThat(comparable(read.get(row))).as("%s, row %d", name, row).isEqualTo(comparable(written.get(row)));
        }
    }

    /** Byte arrays as text, so that equals compares what they hold; NaN equals itself, and -0.0 is not 0.0. */
    private static Object comparable(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key, comparable(inner)));
            return copy;
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(comparable(inner)));
            return copy;
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }
}
