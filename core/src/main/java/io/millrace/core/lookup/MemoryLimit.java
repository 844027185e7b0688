package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts what a table read whole will take of the heap. One thread. */
final class MemoryLimit {
    private static final int BYTES_PER_VERSION = 24;
    /** What one array holds. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final LookupRequest request;
    private final ByteSize limit;
    private final long[] text;
    private long bytes;
    private long rows;

    MemoryLimit(LookupRequest request, ByteSize limit, int columns) {
        this.request = request;
        this.limit = limit;
        this.text = new long[columns];
    }

    /** The part of the heap that all tables of a run may take together. */
    static ByteSize ofHeap() {
        return new ByteSize(Runtime.getRuntime().maxMemory() / 4);
    }

    /** DATA where the rows pass the limit. */
    void add(List<Column> columns, int count, String table) {
        rows += count;
        bytes += (long) count * (KeyIndex.BYTES_PER_ROW + (request.validity().isPresent() ? BYTES_PER_VERSION : 0));
        boolean tooLong = rows > LONGEST;
        for (int i = 0; i < text.length; i++) {
            Column column = columns.get(i);
            bytes += ColumnMemory.bytes(column);
            if (column instanceof BytesColumn data) {
                text[i] += data.offsets()[count] - data.offsets()[0];
                tooLong |= text[i] > LONGEST;
            }
        }
        if (bytes > limit.bytes() || tooLong) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "%s is too large to be held in memory: its first %,d rows take %,d MB, and the limit is %s, and"
                                    + " 2 GB for the text of one column."
                                    + " Name fewer columns under add; raise memory, and the heap with it"
                                    + " (MILLRACE_JAVA_OPTS=-Xmx8g); ask for single keys (from: {keyed: {postgres: …}} or"
                                    + " redis); or join on a cluster (engine: spark)",
                            table,
                            rows,
                            bytes >> 20,
                            limit));
        }
    }

    long bytes() {
        return bytes;
    }

    /** The bytes of text of each column; 0 for others. */
    List<Long> text() {
        List<Long> sizes = new ArrayList<>();
        for (long size : text) {
            sizes.add(size);
        }
        return sizes;
    }
}
