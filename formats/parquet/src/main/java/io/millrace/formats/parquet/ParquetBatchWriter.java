package io.millrace.formats.parquet;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * Writes batches into one new Parquet file. Life cycle: {@link #write} any number of times, {@link #finish} once, then
 * {@link #close}; closed without {@link #finish}, the file is incomplete and should be removed. One thread.
 *
 * <p>Holds the compressed pages of one row group on the heap, at most a little more than
 * {@link ParquetOptions#rowGroupBytes()}.
 */
public final class ParquetBatchWriter implements AutoCloseable {
    /** Rows encoded between two looks at the page sizes; below the page row limit, so that pages stay near it. */
    private static final int CHUNK_ROWS = 8192;

    /** A chunk's strings should not swell a page far beyond its megabyte. */
    private static final int CHUNK_BYTES = 4 << 20;

    private final Schema schema;
    private final ParquetOptions options;
    private final ByteSink sink;
    private final SinkOutput output;
    private final PageCompressor compressor;
    private final ParquetFileWriter file;
    private final MessageType message;
    private final BitSet fieldsWithNaN = new BitSet();
    private RowGroup rowGroup;
    private long rows;

    /** Creates a local file, which must not exist, in a folder that does. */
    public ParquetBatchWriter(Path path, Schema schema, ParquetOptions options) throws IOException {
        this(ByteSink.file(path), schema, options);
    }

    /** Writes into a sink, which becomes the writer's: it is closed with it. */
    public ParquetBatchWriter(ByteSink sink, Schema schema, ParquetOptions options) throws IOException {
        this.schema = schema;
        this.options = options;
        this.message = ParquetTypes.message(schema);
        this.sink = sink;
        this.output = new SinkOutput(sink);
        this.compressor = PageCompressor.of(options.compression(), options.level());
        this.file = new ParquetFileWriter(
                output,
                message,
                ParquetFileWriter.Mode.CREATE,
                options.rowGroupBytes(),
                0,
                (FileEncryptionProperties) null,
                ParquetProperties.builder().build());
        file.start();
    }

    /** Appends all rows. The batch's columns must be the schema's. */
    public void write(Batch batch) throws IOException {
        if (!batch.schema().equals(schema)) {
            throw new IllegalArgumentException("the file has columns " + schema + ", the batch " + batch.schema());
        }
        Column[] columns = batch.columns().toArray(Column[]::new);
        for (int i = 0; i < columns.length; i++) {
            if (!schema.field(i).nullable() && columns[i].nulls().count(columns[i].length()) > 0) {
                throw new IllegalArgumentException(
                        "column '" + schema.field(i).name() + "' is declared not null and holds a null");
            }
        }
        int from = 0;
        while (from < batch.rowCount()) {
            if (rowGroup == null) {
                rowGroup = RowGroup.begin(schema, message, compressor, columns, batch.rowCount());
            }
            int to = chunkEnd(columns, from, batch.rowCount());
            rowGroup.write(columns, from, to);
            rows += to - from;
            from = to;
            if (rowGroup.bufferedBytes() >= options.rowGroupBytes()) {
                endRowGroup();
            }
        }
    }

    private static int chunkEnd(Column[] columns, int from, int rowCount) {
        int to = Math.min(rowCount, from + CHUNK_ROWS);
        for (Column column : columns) {
            if (column instanceof BytesColumn bytes) {
                int[] offsets = bytes.offsets();
                while (to - from > 1 && offsets[to] - offsets[from] > CHUNK_BYTES) {
                    to = from + (to - from) / 2;
                }
            }
        }
        return to;
    }

    /** Rows appended so far. */
    public long rows() {
        return rows;
    }

    /** Bytes that wait on the heap for the end of their row group. */
    public long bufferedBytes() {
        return rowGroup == null ? 0 : rowGroup.bufferedBytes();
    }

    /** About how large the file would be if it ended now. */
    public long estimatedBytes() {
        return output.getPos() + bufferedBytes();
    }

    /** Writes out what is buffered as a row group of its own, to free the heap. */
    public void endRowGroup() throws IOException {
        if (rowGroup != null) {
            rowGroup.addNaNs(fieldsWithNaN);
            rowGroup.end(file);
            rowGroup = null;
        }
    }

    /** Completes the file and its sink; of a local file, the folder's entry is the caller's to force. */
    public FileSummary finish() throws IOException {
        endRowGroup();
        file.end(options.metadata());
        sink.complete();
        return new FileSummary(
                rows, output.getPos(), output.checksum(), ColumnSummary.of(schema, file.getFooter(), fieldsWithNaN));
    }

    /** Releases file and memory. Idempotent. */
    @Override
    public void close() throws IOException {
        if (rowGroup != null) {
            rowGroup.discard();
            rowGroup = null;
        }
        compressor.release();
        sink.close();
    }
}
