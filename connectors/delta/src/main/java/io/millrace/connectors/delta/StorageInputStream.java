package io.millrace.connectors.delta;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.EOFException;

/** Reads an object in windows, each one request. One thread. */
final class StorageInputStream extends SeekableInputStream {
    private static final int WINDOW_BYTES = 1 << 20;

    private final Storage storage;
    private final StoredObject object;
    private byte[] window = new byte[0];
    private long windowStart;
    private long position;

    StorageInputStream(Storage storage, StoredObject object) {
        this.storage = storage;
        this.object = object;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long newPosition) {
        position = newPosition;
    }

    /** False at the end. */
    private boolean load() {
        if (position >= object.size()) {
            return false;
        }
        if (position < windowStart || position >= windowStart + window.length) {
            window = storage.read(object, position, (int) Math.min(WINDOW_BYTES, object.size() - position));
            windowStart = position;
        }
        return true;
    }

    @Override
    public int read() {
        return load() ? window[(int) (position++ - windowStart)] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (!load()) {
            return -1;
        }
        int start = (int) (position - windowStart);
        int count = Math.min(length, window.length - start);
        System.arraycopy(window, start, target, from, count);
        position += count;
        return count;
    }

    @Override
    public void readFully(byte[] target, int from, int length) throws EOFException {
        int done = 0;
        while (done < length) {
            int count = read(target, from + done, length - done);
            if (count < 0) {
                throw new EOFException(storage.nameOf(object.key()) + " ends at " + object.size());
            }
            done += count;
        }
    }
}
