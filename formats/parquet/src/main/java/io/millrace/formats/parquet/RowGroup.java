package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** The row group being filled: its compressed pages, and one page under way for each column. */
final class RowGroup {
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore store;
    private final ColumnWriter[] writers;
    private long rows;

    private RowGroup(ColumnChunkPageWriteStore pages, ColumnWriteStore store, ColumnWriter[] writers) {
        this.pages = pages;
        this.store = store;
        this.writers = writers;
    }

    /** A row group whose encodings are chosen by the rows that come first. */
    static RowGroup begin(MessageType message, PageCompressor compressor, Column[] columns, int sampleRows) {
        List<ColumnDescriptor> descriptors = message.getColumns();
        ParquetProperties.Builder properties = ParquetProperties.builder()
                .withSizeStatisticsEnabled(false)
                .withAllocator(HeapByteBufferAllocator.getInstance());
        for (int i = 0; i < columns.length; i++) {
            String path = String.join(".", descriptors.get(i).getPath());
            properties.withDictionaryEncoding(path, DictionaryChoice.pays(columns[i], sampleRows));
        }
        ParquetProperties chosen = properties.build();
        ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                compressor, message, chosen.getAllocator(), chosen.getColumnIndexTruncateLength(), true);
        ColumnWriteStore store = chosen.newColumnWriteStore(message, pages);
        ColumnWriter[] writers =
                descriptors.stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
        return new RowGroup(pages, store, writers);
    }

    void write(ColumnEncoder[] encoders, Column[] columns, int from, int to) {
        for (int i = 0; i < columns.length; i++) {
            encoders[i].write(writers[i], columns[i], from, to);
        }
        // The store counts rows by these calls, and ends pages in them.
        for (int row = from; row < to; row++) {
            store.endRecord();
        }
        rows += to - from;
    }

    long bufferedBytes() {
        return store.getBufferedSize();
    }

    /** Writes the row group to the file and releases it. */
    void end(ParquetFileWriter file) throws IOException {
        file.startBlock(rows);
        store.flush();
        pages.flushToFileWriter(file);
        file.endBlock();
        store.close();
        pages.close();
    }

    /** Releases it unwritten. The column writers hold only heap; closing them would compress their last pages. */
    void discard() {
        pages.close();
    }
}
