package io.millrace.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnSummaryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void bordersAreThoseOfTheValues(long seed) throws Exception {
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        List<Batch> batches = List.of(random.batch(schema, 300), random.batch(schema, 20));
        FileSummary summary = write(schema, seed % 2 == 0 ? 1 : 1 << 20, batches);
        List<ColumnSummary> expected = new ArrayList<>();
        for (Field field : schema) {
            if (field.type().kind() != DataType.Kind.LIST) {
                List<Object> values = new ArrayList<>();
                batches.forEach(batch -> batch.records().forEach(record -> values.add(record.get(field.name()))));
                expected.add(naive(field, values));
            }
        }
        assertThat(summary.columns()).as("seed %d %s", seed, schema).isEqualTo(expected);
    }

    @Test
    void aFileWithoutRowsHasNoBorders() throws Exception {
        Schema schema = Schema.of(Field.of("id", DataType.INT64));
        assertThat(write(schema, 1, List.of()).columns())
                .containsExactly(new ColumnSummary("id", 0, Optional.empty(), Optional.empty()));
    }

    private FileSummary write(Schema schema, long rowGroup, List<Batch> batches) throws IOException {
        try (ParquetBatchWriter writer = new ParquetBatchWriter(
                folder.resolve("f.parquet"), schema, ParquetOptions.DEFAULT.withRowGroupBytes(rowGroup))) {
            for (Batch batch : batches) {
                writer.write(batch);
            }
            return writer.finish();
        }
    }

    private static ColumnSummary naive(Field field, List<Object> values) {
        List<Object> present = values.stream()
                .filter(Objects::nonNull)
                .sorted(order(field.type()))
                .toList();
        long nulls = values.size() - present.size();
        boolean bounded = !present.isEmpty()
                && field.type().kind() != DataType.Kind.BINARY
                && present.stream().noneMatch(value -> value instanceof Double number && number.isNaN());
        return new ColumnSummary(
                field.name(),
                nulls,
                bounded ? Optional.of(present.get(0)) : Optional.empty(),
                bounded ? Optional.of(present.get(present.size() - 1)) : Optional.empty());
    }

    /** Text in the order of code points, which is that of its UTF-8 bytes. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Comparator<Object> order(DataType type) {
        return switch (type.kind()) {
            case STRING, JSON -> (a, b) -> Arrays.compare(
                    ((String) a).codePoints().toArray(),
                    ((String) b).codePoints().toArray());
            case BINARY, LIST -> (a, b) -> 0;
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, DATE, TIMESTAMP -> (a, b) -> ((Comparable) a).compareTo(b);
        };
    }
}
