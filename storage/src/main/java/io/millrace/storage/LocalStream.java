package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A part of a local file; fails where the file changes while it is read. */
final class LocalStream extends InputStream {
    private final LocalStorage storage;
    private final StoredObject object;
    private final FileChannel channel;
    private final long end;
    private long position;

    LocalStream(LocalStorage storage, StoredObject object, FileChannel channel, long from, long length) {
        this.storage = storage;
        this.object = object;
        this.channel = channel;
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
        try {
            int read = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, end - position)), position);
            storage.requireSame(object);
            if (read < 0) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        storage.nameOf(object.key()) + " ends at byte " + position + ", before byte " + end);
            }
            position += read;
            return read;
        } catch (IOException failure) {
            throw LocalFailure.of("cannot read", storage.file(object.key()), failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException onlyRead) {
            // Nothing can be lost.
        }
    }
}
