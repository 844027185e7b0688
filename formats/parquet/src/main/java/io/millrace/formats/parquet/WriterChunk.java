package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** A column that parquet-java's own column writer encodes, value by value: the rarer types. */
final class WriterChunk extends ColumnChunk {
    private final ColumnEncoder encoder;
    private final ColumnWriteStore store;
    private final ColumnWriter writer;

    WriterChunk(
            Field field, Type type, ColumnDescriptor descriptor, ColumnChunkPageWriteStore pages, boolean dictionary) {
        this.encoder = ColumnEncoder.of(field);
        this.store = ParquetProperties.builder()
                .withDictionaryEncoding(dictionary)
                .withPageRowCountLimit(PAGE_ROWS)
                .build()
                .newColumnWriteStore(new MessageType("column", type), pages);
        this.writer = store.getColumnWriter(descriptor);
    }

    @Override
    void write(Column column, int from, int to) {
        encoder.write(writer, column, from, to);
        // The store counts rows by these calls, and ends pages in them.
        for (int row = from; row < to; row++) {
            store.endRecord();
        }
    }

    @Override
    long bufferedBytes() {
        return store.getBufferedSize();
    }

    @Override
    void end() {
        store.close();
    }
}
