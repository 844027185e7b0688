package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.Field;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.schema.Type;

/** One column of the row group being filled: encodes values into pages. One thread. */
abstract class ColumnChunk {
    /** A page ends when it holds at least so many rows. */
    static final int PAGE_ROWS = 20_000;

    /** A page ends when its values fill at least so many bytes. */
    static final int PAGE_BYTES = 1 << 20;

    /** @param dictionary whether the column's values are expected to repeat */
    static ColumnChunk of(
            Field field, Type type, ColumnDescriptor descriptor, ColumnChunkPageWriteStore pages, boolean dictionary) {
        return switch (field.type().kind()) {
            case INT32, INT64, FLOAT64, DATE, TIMESTAMP -> new FixedChunk(
                    descriptor, pages.getPageWriter(descriptor), dictionary);
            case STRING, BINARY, JSON -> new BytesChunk(descriptor, pages.getPageWriter(descriptor), dictionary);
            case DECIMAL -> ((DecimalType) field.type()).fitsLong()
                    ? new FixedChunk(descriptor, pages.getPageWriter(descriptor), dictionary)
                    : new WriterChunk(field, type, descriptor, pages, dictionary);
            case BOOLEAN, LIST -> new WriterChunk(field, type, descriptor, pages, dictionary);
        };
    }

    /** Appends the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    abstract void write(Column column, int from, int to) throws IOException;

    /** Bytes of finished pages and of the one under way. */
    abstract long bufferedBytes();

    /** Whether a value has been NaN: what the statistics' bounds leave out. */
    boolean holdsNaN() {
        return false;
    }

    /** Ends the last page. */
    abstract void end() throws IOException;
}
