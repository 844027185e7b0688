package io.millrace.connectors.delta;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.formats.parquet.ByteSource;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;

/** A data file's bytes. One thread. */
record StorageSource(Storage storage, StoredObject object) implements ByteSource {
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
        return object.size();
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
        byte[] bytes = storage.read(object, position, length);
        System.arraycopy(bytes, 0, target, from, bytes.length);
    }

    @Override
    public String name() {
        return storage.nameOf(object.key());
    }

    @Override
    public void close() {}
}
