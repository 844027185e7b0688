package io.millrace.engines.flink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of a key with windows.
 *
 * @param due microseconds: when the key is to be looked at again
 * @param closed microseconds: windows that have ended by then have been given out
 * @param parts partial rows, as {@link io.millrace.core.measure.PartialRowBytes} writes them
 */
record WindowEntry(long due, long closed, List<byte[]> parts) {
    private static final byte VERSION = 1;

    byte[] toBytes() {
        int size = 1 + 8 + 8 + 4;
        for (byte[] part : parts) {
            size += 4 + part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size)
                .put(VERSION)
                .putLong(due)
                .putLong(closed)
                .putInt(parts.size());
        for (byte[] part : parts) {
            bytes.putInt(part.length).put(part);
        }
        return bytes.array();
    }

    static WindowEntry of(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        byte version = bytes.get();
        if (version != VERSION) {
            throw StreamState.unknown("windows", version);
        }
        long due = bytes.getLong();
        long closed = bytes.getLong();
        List<byte[]> parts = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            byte[] part = new byte[bytes.getInt()];
            bytes.get(part);
            parts.add(part);
        }
        return new WindowEntry(due, closed, parts);
    }
}
