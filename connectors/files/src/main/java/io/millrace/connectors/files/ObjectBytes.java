package io.millrace.connectors.files;

import io.millrace.formats.parquet.ByteRange;
import io.millrace.formats.parquet.ByteSource;
import io.millrace.storage.ObjectRange;
import io.millrace.storage.ObjectReader;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.IOException;
import java.util.List;

/** A stored object as Parquet reads it, one range at a time. {@link #close} may be called from another thread. */
final class ObjectBytes implements ByteSource {
    private final ObjectReader reader;

    ObjectBytes(Storage storage, StoredObject object) {
        this.reader = new ObjectReader(storage, object);
    }

    @Override
    public long size() {
        return reader.size();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) throws IOException {
        reader.read(position, target, from, length);
    }

    @Override
    public void expect(List<ByteRange> ranges) {
        reader.expect(ranges.stream()
                .map(range -> new ObjectRange(range.from(), range.length()))
                .toList());
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public void close() {
        reader.close();
    }
}
