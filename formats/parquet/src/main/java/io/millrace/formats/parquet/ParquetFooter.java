package io.millrace.formats.parquet;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/**
 * The end of a file, which says what it holds.
 *
 * @param schema of all its columns
 */
public record ParquetFooter(Schema schema, List<RowGroupSummary> rowGroups) {
    public ParquetFooter {
        rowGroups = List.copyOf(rowGroups);
    }

    public long rows() {
        return rowGroups.stream().mapToLong(RowGroupSummary::rows).sum();
    }

    /**
     * Reads the footer. A user error that names the file where it cannot be read.
     *
     * @param timeColumn a TIMESTAMP or DATE whose bounds are asked for
     */
    public static ParquetFooter read(ByteSource source, Optional<String> timeColumn) {
        try (ParquetBatchReader reader = ParquetBatchReader.open(source, Optional.empty(), Optional.empty(), 1)) {
            return of(reader, timeColumn);
        }
    }

    /** The row groups alone, of a file that may have columns which have no counterpart here. */
    public static List<RowGroupSummary> rowGroups(ByteSource source, Optional<String> timeColumn) {
        try (ParquetFileReader file = ParquetBatchReader.openFile(new SourceInput(source))) {
            return file.getRowGroups().stream()
                    .map(group -> summary(group, timeColumn))
                    .toList();
        } catch (IOException | RuntimeException | LinkageError failure) {
            throw ParquetBatchReader.unreadable(source.name(), failure);
        }
    }

    private static ParquetFooter of(ParquetBatchReader reader, Optional<String> timeColumn) {
        List<RowGroupSummary> groups = new ArrayList<>();
        Optional<String> known = timeColumn.filter(reader.schema()::contains);
        reader.rowGroups().forEach(group -> groups.add(summary(group, known)));
        return new ParquetFooter(reader.schema(), groups);
    }

    private static RowGroupSummary summary(BlockMetaData group, Optional<String> timeColumn) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            boolean asked = chunk.getPath().size() == 1
                    && timeColumn.equals(Optional.of(chunk.getPath().toArray()[0]));
            if (asked) {
                return summary(group, chunk);
            }
        }
        return new RowGroupSummary(
                group.getRowCount(),
                group.getCompressedSize(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    private static RowGroupSummary summary(BlockMetaData group, ColumnChunkMetaData chunk) {
        Statistics<?> statistics = chunk.getStatistics();
        boolean bounded = statistics != null && statistics.hasNonNullValue();
        OptionalLong nulls = statistics != null && statistics.isNumNullsSet()
                ? OptionalLong.of(statistics.getNumNulls())
                : OptionalLong.empty();
        Optional<Long> smallest = Optional.empty();
        Optional<Long> largest = Optional.empty();
        if (bounded && Decoding.of(chunk.getPrimitiveType()).type().equals(DataType.DATE)) {
            smallest = Optional.of((long) ((IntStatistics) statistics).getMin());
            largest = Optional.of((long) ((IntStatistics) statistics).getMax());
        } else if (bounded
                && statistics instanceof LongStatistics longs
                && chunk.getPrimitiveType().getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time) {
            smallest = micros(longs.getMin(), time.getUnit());
            largest = micros(longs.getMax(), time.getUnit());
        }
        return new RowGroupSummary(group.getRowCount(), group.getCompressedSize(), smallest, largest, nulls);
    }

    private static Optional<Long> micros(long value, TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> Math.abs(value) > Long.MAX_VALUE / 1000 ? Optional.empty() : Optional.of(value * 1000);
            case MICROS -> Optional.of(value);
            case NANOS -> Optional.of(Math.floorDiv(value, 1000));
        };
    }
}
