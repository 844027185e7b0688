package io.millrace.connectors.files;

import io.millrace.formats.parquet.ByteSource;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;

/** A stored object as Parquet reads it, one range at a time. {@link #close} may be called from another thread. */
final class ObjectBytes implements ByteSource {
    private final Storage storage;
    private final StoredObject object;
    private volatile InputStream current;
    private volatile boolean closed;

    ObjectBytes(Storage storage, StoredObject object) {
        this.storage = storage;
        this.object = object;
    }

    @Override
    public long size() {
        return object.size();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) throws IOException {
        try (InputStream in = storage.open(object, position, length)) {
            current = in;
            if (closed) {
                throw Stopped.reading(name());
            }
            in.readNBytes(target, from, length);
        } finally {
            current = null;
        }
    }

    @Override
    public String name() {
        return storage.nameOf(object.key());
    }

    @Override
    public void close() {
        closed = true;
        Stopped.close(current);
    }
}
