package io.millrace.formats.parquet;

import java.io.IOException;

/**
 * The bytes of one file, wherever they are. One thread. What it throws comes through the reader as it is, if it is a {@link
 * io.millrace.api.MillraceException}.
 */
public interface ByteSource extends AutoCloseable {
    long size();

    /** Fills a part of the array with the bytes from {@code position} on; all of them are within {@link #size}. */
    void read(long position, byte[] target, int from, int length) throws IOException;

    /** What it is called in messages: a path, a URI. */
    String name();

    /** Does not throw. */
    @Override
    void close();
}
