package io.millrace.connectors.delta;

import io.millrace.formats.parquet.ByteSink;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import io.millrace.storage.Upload;

/** A data file on its way into the table's storage. One thread. */
final class DataFileSink implements ByteSink {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Storage storage;
    private final String key;
    private final Upload upload;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private StoredObject object;

    DataFileSink(Storage storage, String key) {
        this.storage = storage;
        this.key = key;
        this.upload = storage.upload(key);
    }

    String key() {
        return key;
    }

    /** What was put in place by {@link #complete}. */
    StoredObject object() {
        return object;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        if (length > BUFFER_BYTES - buffered) {
            flush();
        }
        if (length > BUFFER_BYTES) {
            upload.write(source, from, length);
        } else {
            System.arraycopy(source, from, buffer, buffered, length);
            buffered += length;
        }
    }

    private void flush() {
        upload.write(buffer, 0, buffered);
        buffered = 0;
    }

    /** In place at once: no reader looks at a data file before the log names it. */
    @Override
    public void complete() {
        flush();
        object = storage.complete(upload.finish());
    }

    @Override
    public String name() {
        return storage.nameOf(key);
    }

    @Override
    public void close() {
        upload.close();
    }
}
