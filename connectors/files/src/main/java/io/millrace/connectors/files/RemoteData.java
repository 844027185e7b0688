package io.millrace.connectors.files;

import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The Parquet files that a reader of a target on S3 sees. */
final class RemoteData {
    private final Storage storage;

    RemoteData(Storage storage) {
        this.storage = storage;
    }

    /** One of them, whichever comes first. */
    Optional<String> any() {
        Iterator<String> files = files("");
        return files.hasNext() ? Optional.of(files.next()) : Optional.empty();
    }

    /** All of them in a folder and below; in all folders where it is empty. */
    List<String> below(String folder) {
        List<String> found = new ArrayList<>();
        files(folder.isEmpty() ? "" : folder + "/").forEachRemaining(found::add);
        return found;
    }

    private Iterator<String> files(String prefix) {
        Iterable<StoredObject> objects = () -> storage.list(prefix);
        return StreamSupport.stream(objects.spliterator(), false)
                .map(object -> object.key())
                .filter(key -> key.endsWith(DataFiles.SUFFIX) && !PathPattern.isHidden(key))
                .iterator();
    }
}
