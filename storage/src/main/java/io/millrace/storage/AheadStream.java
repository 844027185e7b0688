package io.millrace.storage;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** One range of an object, fetched ahead. One thread; {@link #close} from any. */
final class AheadStream extends InputStream {
    private static final long BUDGET = 8 << 20;

    private final ReadAhead ahead;
    private final long end;
    private long position;

    AheadStream(Storage storage, StoredObject object, long from, long length) {
        this.ahead = ReadAhead.of(storage, object, List.of(new ObjectRange(from, length)), BUDGET);
        this.position = from;
        this.end = from + length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0 || position == end) {
            return length == 0 ? 0 : -1;
        }
        int read = ahead.readSome(position, target, offset, (int) Math.min(length, end - position));
        position += read;
        return read;
    }

    @Override
    public void close() {
        ahead.close();
    }
}
