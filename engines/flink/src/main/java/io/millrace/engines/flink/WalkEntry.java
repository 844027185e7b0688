package io.millrace.engines.flink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of a key whose rows are gone along in order.
 *
 * @param due microseconds: when the key is to be looked at again
 * @param latest microseconds: the time of the latest row that the walk has passed; Long.MIN_VALUE before the first
 * @param place what the walk has come to, or null
 * @param rows that wait, as {@link io.millrace.core.measure.PartialRowBytes} writes them
 */
record WalkEntry(long due, long latest, byte[] place, List<byte[]> rows) {
    private static final byte VERSION = 1;
    private static final int NONE = -1;

    byte[] toBytes() {
        int size = 1 + 8 + 8 + 4 + 4 + (place == null ? 0 : place.length);
        for (byte[] row : rows) {
            size += 4 + row.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).put(VERSION).putLong(due).putLong(latest);
        bytes.putInt(place == null ? NONE : place.length);
        if (place != null) {
            bytes.put(place);
        }
        bytes.putInt(rows.size());
        for (byte[] row : rows) {
            bytes.putInt(row.length).put(row);
        }
        return bytes.array();
    }

    static WalkEntry of(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        byte version = bytes.get();
        if (version != VERSION) {
            throw StreamState.unknown("rows in order", version);
        }
        long due = bytes.getLong();
        long latest = bytes.getLong();
        int length = bytes.getInt();
        byte[] place = length == NONE ? null : take(bytes, length);
        List<byte[]> rows = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            rows.add(take(bytes, bytes.getInt()));
        }
        return new WalkEntry(due, latest, place, rows);
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
