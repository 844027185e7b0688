package io.millrace.formats.parquet.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ByteSink;
import io.millrace.formats.parquet.ParquetBatchReader;
import io.millrace.formats.parquet.ParquetOptions;
import io.millrace.testkit.loader.NoRejects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionedWriterTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("id", DataType.INT64), Field.of("day", DataType.DATE), Field.of("country", DataType.STRING));

    @TempDir
    Path folder;

    /** A place that is no disk: what the writer does is all that it sees. */
    private static final class Memory implements FileDestination {
        final Map<Integer, ByteArrayOutputStream> files = new HashMap<>();
        final List<Integer> completed = new ArrayList<>();
        final List<Integer> closed = new ArrayList<>();

        @Override
        public ByteSink create(Partition partition, int number) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            files.put(number, bytes);
            return new ByteSink() {
                @Override
                public void write(byte[] source, int from, int length) {
                    bytes.write(source, from, length);
                }

                @Override
                public void complete() {
                    completed.add(number);
                }

                @Override
                public String name() {
                    return "memory " + number;
                }

                @Override
                public void close() {
                    closed.add(number);
                }
            };
        }
    }

    private static Map<String, Object> row(long id, String day, String country) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("day", day == null ? null : LocalDate.parse(day));
        row.put("country", country);
        return row;
    }

    private PartitionedWriter writer(FileDestination destination, long fileBytes, String... partitionBy) {
        return new PartitionedWriter(
                SCHEMA, List.of(partitionBy), ParquetOptions.DEFAULT.withRowGroupBytes(1), fileBytes, destination);
    }

    private List<Long> ids(Memory memory, WrittenFile file) throws IOException {
        byte[] bytes = memory.files.get(file.number()).toByteArray();
        assertThat(file.summary().bytes()).isEqualTo(bytes.length);
        Path copy = folder.resolve(file.number() + ".parquet");
        Files.write(copy, bytes);
        List<Long> ids = new ArrayList<>();
        try (ParquetBatchReader reader = ParquetBatchReader.open(copy, 100)) {
            assertThat(reader.schema().names()).doesNotContain("day", "country");
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                batch.records().forEach(record -> ids.add((Long) record.get("id")));
            }
        }
        return ids;
    }

    @Test
    void eachCombinationOfValuesHasItsFileWhereverFilesGo() throws Exception {
        Memory memory = new Memory();
        List<WrittenFile> files;
        try (PartitionedWriter writer = writer(memory, 1 << 20, "day", "country")) {
            writer.write(
                    Batch.ofRecords(
                            SCHEMA,
                            List.of(
                                    row(1, "2024-01-01", "a/b"),
                                    row(2, null, "de"),
                                    row(3, "2024-01-01", "a/b"),
                                    row(4, "2024-01-01", ""))),
                    new NoRejects());
            writer.write(Batch.ofRecords(SCHEMA, List.of(row(5, null, "de"))), new NoRejects());
            files = writer.finish();
        }
        assertThat(memory.completed).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(memory.closed).containsAll(memory.completed);
        Map<Partition, List<Long>> found = new HashMap<>();
        for (WrittenFile file : files) {
            found.put(file.partition(), ids(memory, file));
        }
        assertThat(found)
                .isEqualTo(Map.of(
                        new Partition("day=2024-01-01/country=a%2Fb", List.of("2024-01-01", "a/b")), List.of(1L, 3L),
                        new Partition("day=__HIVE_DEFAULT_PARTITION__/country=de", Arrays.asList(null, "de")),
                                List.of(2L, 5L),
                        new Partition("day=2024-01-01/country=__HIVE_DEFAULT_PARTITION__", List.of("2024-01-01", "")),
                                List.of(4L)));
    }

    @Test
    void aFileEndsAtItsSizeAndTheNextHasTheNextNumber() throws Exception {
        Memory memory = new Memory();
        try (PartitionedWriter writer = writer(memory, 1, "day", "country")) {
            for (long id = 0; id < 3; id++) {
                writer.write(Batch.ofRecords(SCHEMA, List.of(row(id, null, "de"))), new NoRejects());
            }
            assertThat(writer.finish()).extracting(WrittenFile::number).containsExactly(0, 1, 2);
            assertThat(writer.filesBegun()).isEqualTo(3);
        }
    }

    @Test
    void moreThanTheOpenFilesAreEndedAndBegunAgain() throws Exception {
        Memory memory = new Memory();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(row(i, null, "c" + i % 100));
        }
        try (PartitionedWriter writer = writer(memory, 1 << 20, "country")) {
            for (Map<String, Object> row : rows) {
                writer.write(Batch.ofRecords(SCHEMA, List.of(row)), new NoRejects());
                assertThat(memory.files.size() - memory.completed.size()).isLessThanOrEqualTo(64);
            }
            assertThat(writer.finish()).hasSize(300);
        }
    }

    @Test
    void whatIsNotFinishedIsClosedIncomplete() throws Exception {
        Memory memory = new Memory();
        try (PartitionedWriter writer = writer(memory, 1 << 20, "country")) {
            writer.write(Batch.ofRecords(SCHEMA, List.of(row(1, null, "x"), row(2, null, "y"))), new NoRejects());
        }
        assertThat(memory.closed).containsExactlyInAnyOrder(0, 1);
        assertThat(memory.completed).isEmpty();
    }

    @Test
    void aColumnThatCannotBeAFolderIsRefused() {
        assertThatThrownBy(() -> PartitionedWriter.dataSchema(
                        Schema.of(Field.of("at", DataType.TIMESTAMP), Field.of("id", DataType.INT64)), List.of("at")))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("derive a date");
        assertThat(PartitionedWriter.dataSchema(SCHEMA, List.of())).isEqualTo(SCHEMA);
    }
}
