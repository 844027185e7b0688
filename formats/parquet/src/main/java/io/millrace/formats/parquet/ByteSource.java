package io.millrace.formats.parquet;

import java.io.IOException;
import java.util.List;

/**
 * The bytes of one file, wherever they are. One thread. What it throws comes through the reader as it is, if it is a {@link
 * io.millrace.api.MillraceException}.
 */
public interface ByteSource extends AutoCloseable {
    long size();

    /** Fills a part of the array with the bytes from {@code position} on; all of them are within {@link #size}. */
    void read(long position, byte[] target, int from, int length) throws IOException;

    /**
     * Says what will be read next, so that it may be fetched while the caller decodes what it has. In ascending order; what
     * was said before is over.
     */
    default void expect(List<ByteRange> ranges) {}

    /** What it is called in messages: a path, a URI. */
    String name();

    /** Does not throw. */
    @Override
    void close();
}
