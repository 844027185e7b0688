package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.NullBitmap;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column outside of lists, encoded in loops over whole runs of values: parquet-java's column writer takes twice the time,
 * most of it for one value at a time compared with the statistics and looked up in a map. Pages, footers and statistics
 * are still parquet-java's.
 */
abstract class FlatChunk extends ColumnChunk {
    private final PageWriter pages;
    private final PrimitiveType type;
    private final boolean nullable;
    /** The page's rows that are null, one bit each; kept only from the first null on. */
    private long[] absent = new long[NullBitmap.wordsFor(2 * PAGE_ROWS)];

    private int pageRows;
    private int pageNulls;

    FlatChunk(ColumnDescriptor descriptor, PageWriter pages) {
        this.pages = pages;
        this.type = descriptor.getPrimitiveType();
        this.nullable = descriptor.getMaxDefinitionLevel() > 0;
    }

    /** Appends these rows, none of which is null. */
    abstract void append(Column column, int from, int to);

    /** The size of the page's values so far. */
    abstract int pageBytes();

    /** The page's values; asked for once, at its end. */
    abstract BytesInput pageValues() throws IOException;

    abstract Encoding pageEncoding();

    /** Adds the smallest and largest value of the page, if it has any. */
    abstract void addBounds(Statistics<?> statistics);

    /** Forgets the page's values. */
    abstract void clearPage();

    /** The dictionary that pages refer to, or null. */
    abstract DictionaryPage dictionary() throws IOException;

    @Override
    final void write(Column column, int from, int to) throws IOException {
        NullBitmap nulls = column.nulls();
        int row = from;
        while (nulls.any() && row < to) {
            int start = row;
            while (row < to && !nulls.isNull(row)) {
                row++;
            }
            append(column, start, row);
            while (row < to && nulls.isNull(row)) {
                setAbsent(pageRows + row - from);
                row++;
            }
        }
        if (row < to) {
            append(column, row, to);
        }
        pageRows += to - from;
        if (pageRows >= PAGE_ROWS || pageBytes() >= PAGE_BYTES) {
            endPage();
        }
    }

    private void setAbsent(int pageRow) {
        if (pageRow >> 6 >= absent.length) {
            absent = Arrays.copyOf(absent, Math.max(absent.length * 2, (pageRow >> 6) + 1));
        }
        absent[pageRow >> 6] |= 1L << pageRow;
        pageNulls++;
    }

    /** Ends the page under way, if it has rows. */
    final void endPage() throws IOException {
        if (pageRows == 0) {
            return;
        }
        Statistics<?> statistics = Statistics.createStats(type);
        statistics.incrementNumNulls(pageNulls);
        addBounds(statistics);
        BytesInput content = nullable ? BytesInput.concat(levels(), pageValues()) : pageValues();
        pages.writePage(content, pageRows, pageRows, statistics, Encoding.RLE, Encoding.RLE, pageEncoding());
        clearPage();
        if (pageNulls > 0) {
            Arrays.fill(absent, 0);
        }
        pageRows = 0;
        pageNulls = 0;
    }

    /** Definition levels, behind their length: one run where nothing is null. */
    private BytesInput levels() throws IOException {
        RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(1, 64, PAGE_BYTES, HeapByteBufferAllocator.getInstance());
        BytesInput levels;
        if (pageNulls == 0) {
            levels = BytesInput.concat(BytesInput.fromUnsignedVarInt(pageRows << 1), BytesInput.from(new byte[] {1}));
        } else {
            for (int row = 0; row < pageRows; row++) {
                encoder.writeInt((int) (~absent[row >> 6] >>> row) & 1);
            }
            levels = encoder.toBytes();
        }
        return BytesInput.concat(BytesInput.from(BytesUtils.intToBytes((int) levels.size())), levels);
    }

    @Override
    final long bufferedBytes() {
        return pages.getMemSize() + pageBytes();
    }

    @Override
    final void end() throws IOException {
        endPage();
        DictionaryPage dictionary = dictionary();
        if (dictionary != null) {
            pages.writeDictionaryPage(dictionary);
        }
    }
}
