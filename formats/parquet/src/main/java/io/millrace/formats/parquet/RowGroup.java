package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.util.BitSet;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** The row group being filled: its compressed pages, and one page under way for each column. */
final class RowGroup {
    private final ColumnChunkPageWriteStore pages;
    private final ColumnChunk[] chunks;
    private long rows;

    private RowGroup(ColumnChunkPageWriteStore pages, ColumnChunk[] chunks) {
        this.pages = pages;
        this.chunks = chunks;
    }

    /** A row group whose encodings are chosen by the rows that come first. */
    static RowGroup begin(
            Schema schema, MessageType message, PageCompressor compressor, Column[] columns, int sampleRows) {
        ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                compressor,
                message,
                HeapByteBufferAllocator.getInstance(),
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                true);
        ColumnChunk[] chunks = new ColumnChunk[columns.length];
        for (int i = 0; i < columns.length; i++) {
            chunks[i] = ColumnChunk.of(
                    schema.field(i),
                    message.getType(i),
                    message.getColumns().get(i),
                    pages,
                    DictionaryChoice.pays(columns[i], sampleRows));
        }
        return new RowGroup(pages, chunks);
    }

    void write(Column[] columns, int from, int to) throws IOException {
        for (int i = 0; i < columns.length; i++) {
            chunks[i].write(columns[i], from, to);
        }
        rows += to - from;
    }

    long bufferedBytes() {
        long bytes = 0;
        for (ColumnChunk chunk : chunks) {
            bytes += chunk.bufferedBytes();
        }
        return bytes;
    }

    /** Adds the positions of the fields of which a value has been NaN. */
    void addNaNs(BitSet fields) {
        for (int i = 0; i < chunks.length; i++) {
            if (chunks[i].holdsNaN()) {
                fields.set(i);
            }
        }
    }

    /** Writes the row group to the file and releases it. */
    void end(ParquetFileWriter file) throws IOException {
        file.startBlock(rows);
        for (ColumnChunk chunk : chunks) {
            chunk.end();
        }
        pages.flushToFileWriter(file);
        file.endBlock();
        pages.close();
    }

    /** Releases it unwritten. */
    void discard() {
        pages.close();
    }
}
