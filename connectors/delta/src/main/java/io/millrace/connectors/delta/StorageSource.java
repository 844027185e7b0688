package io.millrace.connectors.delta;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.formats.parquet.ByteRange;
import io.millrace.formats.parquet.ByteSource;
import io.millrace.storage.ObjectRange;
import io.millrace.storage.ObjectReader;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.IOException;
import java.util.List;

/** A data file's bytes. One thread. */
final class StorageSource implements ByteSource {
    private final ObjectReader reader;

    private StorageSource(Storage storage, StoredObject object) {
        this.reader = new ObjectReader(storage, object);
    }

    /** STALE where the file is not what the log says, or gone: VACUUM removes files of old versions. */
    static StorageSource open(Storage storage, FilePart part) {
        StoredObject object =
                storage.find(part.key()).orElseThrow(() -> stale(storage, part, "is gone, perhaps by VACUUM"));
        if (object.size() != part.bytes()) {
            throw stale(storage, part, "has " + object.size() + " bytes, but " + part.bytes() + " in the log");
        }
        return new StorageSource(storage, object);
    }

    private static MillraceException stale(Storage storage, FilePart part, String what) {
        return new MillraceException(
                ErrorKind.STALE,
                "the data file " + storage.nameOf(part.key()) + " " + what + "; start the run anew with --restart");
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
