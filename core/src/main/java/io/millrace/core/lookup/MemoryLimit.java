package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import java.util.Locale;

/** Counts what a table read whole will take of the heap. One thread. */
final class MemoryLimit {
    private static final int BYTES_PER_VERSION = 24;

    private final LookupRequest request;
    private final ByteSize limit;
    private long bytes;
    private long rows;

    MemoryLimit(LookupRequest request, ByteSize limit) {
        this.request = request;
        this.limit = limit;
    }

    /** The part of the heap that all tables of a run may take together. */
    static ByteSize ofHeap() {
        return new ByteSize(Runtime.getRuntime().maxMemory() / 4);
    }

    /** DATA where the rows pass the limit. */
    void add(Iterable<Column> columns, int count, String table) {
        rows += count;
        bytes += (long) count * (KeyIndex.BYTES_PER_ROW + (request.validity().isPresent() ? BYTES_PER_VERSION : 0));
        for (Column column : columns) {
            bytes += ColumnMemory.bytes(column);
        }
        if (bytes > limit.bytes() || rows > Integer.MAX_VALUE - 8) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "%s is too large to be held in memory: its first %,d rows take %,d MB, and the limit is %s."
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
}
