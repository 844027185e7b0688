package io.millrace.formats.parquet;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Binary;

/**
 * What a column of a file holds.
 *
 * @param nulls how many of its values are null
 * @param smallest its smallest value, exact, as the Java object that {@link DataType} names for its kind, text in the order
 *     of its UTF-8 bytes; empty where every value is null, one is not a number, or its kind is BINARY
 * @param largest its largest value, likewise
 */
public record ColumnSummary(String name, long nulls, Optional<Object> smallest, Optional<Object> largest) {
    /** The columns of a complete file that are not lists; each of our fields is one leaf. */
    static List<ColumnSummary> of(Schema schema, ParquetMetadata footer, BitSet fieldsWithNaN) {
        List<ColumnSummary> summaries = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            if (field.type().kind() != DataType.Kind.LIST) {
                boolean ordered = field.type().kind() != DataType.Kind.BINARY && !fieldsWithNaN.get(i);
                summaries.add(of(field, merged(footer.getBlocks(), i), ordered));
            }
        }
        return summaries;
    }

    /** Null for a file without row groups. */
    private static Statistics<?> merged(List<BlockMetaData> blocks, int leaf) {
        Statistics<?> merged = null;
        for (BlockMetaData block : blocks) {
            Statistics<?> statistics = block.getColumns().get(leaf).getStatistics();
            if (merged == null) {
                merged = statistics.copy();
            } else {
                merged.mergeStatistics(statistics);
            }
        }
        return merged;
    }

    private static ColumnSummary of(Field field, Statistics<?> statistics, boolean ordered) {
        long nulls = statistics == null ? 0 : statistics.getNumNulls();
        if (statistics == null || !ordered || !statistics.hasNonNullValue()) {
            return new ColumnSummary(field.name(), nulls, Optional.empty(), Optional.empty());
        }
        return new ColumnSummary(
                field.name(),
                nulls,
                Optional.of(object(field.type(), statistics.genericGetMin())),
                Optional.of(object(field.type(), statistics.genericGetMax())));
    }

    private static Object object(DataType type, Object bound) {
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64, FLOAT64 -> bound;
            case DECIMAL -> new BigDecimal(unscaled(bound), ((DecimalType) type).scale());
            case STRING, JSON -> ((Binary) bound).toStringUsingUTF8();
            case DATE -> LocalDate.ofEpochDay((Integer) bound);
            case TIMESTAMP -> Timestamps.toInstant((Long) bound);
            case BINARY, LIST -> throw new IllegalArgumentException(type + " has no bounds");
        };
    }

    private static BigInteger unscaled(Object bound) {
        return bound instanceof Binary bytes
                ? new BigInteger(bytes.getBytes())
                : BigInteger.valueOf(((Number) bound).longValue());
    }
}
