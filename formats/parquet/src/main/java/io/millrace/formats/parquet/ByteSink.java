package io.millrace.formats.parquet;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the bytes of one new file go: a disk, an upload. Life cycle: {@link #write} any number of times, {@link #complete}
 * once, then {@link #close}. One thread.
 */
public interface ByteSink extends AutoCloseable {
    /** Takes these bytes; the array is the caller's again afterwards. */
    void write(byte[] source, int from, int length) throws IOException;

    /** No more bytes follow: what was taken must survive a crash from here on, as far as this kind of place can promise. */
    void complete() throws IOException;

    /** What it is called in messages: a path, a URI. */
    String name();

    /** Releases the sink. Without {@link #complete}, what was written is worth nothing. Idempotent. */
    @Override
    void close() throws IOException;

    /** A new file on the local disk, which must not exist, in a folder that does; the folder's entry is the caller's to force. */
    static ByteSink file(Path path) throws IOException {
        return new LocalFile(path);
    }
}
