package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Finds the files that a path means, in the order of their keys. */
final class SourceFiles {
    private final Storage storage;
    private final SourceOptions options;

    SourceFiles(Storage storage, SourceOptions options) {
        this.storage = storage;
        this.options = options;
    }

    /** A user error where there is none, unless the columns are declared and more may come. */
    List<StoredObject> list() {
        List<StoredObject> files = found();
        if (files.isEmpty() && (options.schema().isEmpty() || options.pattern().literal())) {
            throw MillraceException.user("there is no file " + describe() + " to read; check the path"
                    + (options.schema().isEmpty() ? ", or declare the columns under schema" : ""));
        }
        return files;
    }

    String describe() {
        return storage.nameOf(options.pattern().rest());
    }

    private List<StoredObject> found() {
        PathPattern pattern = options.pattern();
        if (!pattern.literal()) {
            return matching(storage.list(pattern.prefix()), key -> pattern.matches(key) && !PathPattern.isHidden(key));
        }
        if (pattern.rest().isEmpty()) {
            return matching(storage.list(""), this::isInFolder);
        }
        Optional<StoredObject> file = storage.find(pattern.rest());
        if (file.isPresent()) {
            return List.of(file.get());
        }
        int folder = pattern.rest().length() + 1;
        return matching(storage.list(pattern.rest() + "/"), key -> isInFolder(key.substring(folder)));
    }

    private boolean isInFolder(String key) {
        return !PathPattern.isHidden(key) && (options.format() != FileFormat.PARQUET || key.endsWith(".parquet"));
    }

    private interface Wanted {
        boolean test(String key);
    }

    private static List<StoredObject> matching(Iterator<StoredObject> objects, Wanted wanted) {
        List<StoredObject> files = new ArrayList<>();
        while (objects.hasNext()) {
            StoredObject object = objects.next();
            if (wanted.test(object.key())) {
                files.add(object);
            }
        }
        return files;
    }
}
