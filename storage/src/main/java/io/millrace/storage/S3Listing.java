package io.millrace.storage;

import io.millrace.api.MillraceException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix, page by page, without the empty objects that stand for folders. */
final class S3Listing implements Iterator<StoredObject> {
    private final S3Storage storage;
    private final String prefix;
    private Iterator<S3Object> objects;
    private StoredObject next;
    private String last = "";

    S3Listing(S3Storage storage, String prefix) {
        this.storage = storage;
        this.prefix = prefix;
    }

    @Override
    public boolean hasNext() {
        try {
            if (objects == null) {
                S3Place place = storage.place();
                objects = storage.client()
                        .listObjectsV2Paginator(
                                request -> request.bucket(place.bucket()).prefix(place.full(prefix)))
                        .contents()
                        .iterator();
            }
            while (next == null && objects.hasNext()) {
                S3Object object = objects.next();
                if (!object.key().endsWith("/")
                        && !object.key().equals(storage.place().prefix())) {
                    next = take(object).orElse(null);
                }
            }
            return next != null;
        } catch (SdkException failure) {
            throw S3Failure.of("cannot list " + storage.nameOf(prefix), failure);
        }
    }

    private Optional<StoredObject> take(S3Object object) {
        String key = storage.place().relative(object.key());
        // Some servers order by UTF-16, which differs above U+FFFF.
        if (Keys.ORDER.compare(last, key) >= 0 && last.compareTo(key) >= 0) {
            throw MillraceException.user("the server lists " + storage.nameOf(key) + " behind " + storage.nameOf(last)
                    + ", out of order (directory buckets do); use a general purpose bucket");
        }
        last = key;
        return object.eTag() == null
                ? storage.find(key)
                : Optional.of(
                        new StoredObject(key, object.size(), S3Storage.bare(object.eTag()), object.lastModified()));
    }

    @Override
    public StoredObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StoredObject found = next;
        next = null;
        return found;
    }
}
