package io.millrace.storage;

import io.millrace.api.DataSet;
import io.millrace.api.RetryPolicy;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;

/**
 * The files below one place: a local folder or a prefix of an S3 bucket. Immutable and thread-safe; opening it touches
 * nothing.
 *
 * <p>A key is relative to the place, has {@code /} between its parts and no part {@code .} or {@code ..}. Calls that fail
 * for a passing reason are tried again under the retry policy, more patiently where the server asks to slow down. What
 * still fails is a {@link io.millrace.api.MillraceException}: USER (no such bucket, wrong region), DENIED, UNAVAILABLE, and
 * STALE where an object is not any more what it was when it was found.
 */
public interface Storage extends AutoCloseable {
    /**
     * A place.
     *
     * @param location {@code s3://bucket/prefix}, or a path, relative to {@code directory}
     * @param s3 how to reach a bucket; ignored for a path
     */
    static Storage at(String location, Path directory, S3Settings s3, RetryPolicy retry) {
        return S3Place.isS3(location)
                ? new S3Storage(S3Place.parse(location), s3, retry)
                : new LocalStorage(directory.resolve(location));
    }

    /** What lies at a place, by the same arguments as {@link #at}; without opening it. */
    static DataSet dataSet(String location, Path directory, S3Settings s3) {
        if (!S3Place.isS3(location)) {
            Path path = directory.resolve(location).toAbsolutePath().normalize();
            return new DataSet("file", path.toString().replace(File.separatorChar, '/'));
        }
        S3Place place = S3Place.parse(location);
        String server =
                s3.endpoint().map(url -> " at " + url.replaceAll("/+$", "")).orElse("");
        return new DataSet("s3://" + place.bucket() + server, place.prefix().replaceAll("/$", ""));
    }

    /** True for {@code s3://…}. */
    static boolean isRemote(String location) {
        return S3Place.isS3(location);
    }

    /** The place without a '/' at its end: an absolute path, or {@code s3://bucket/prefix}. */
    String root();

    /** How messages name an object: its full path or URI. */
    String nameOf(String key);

    /**
     * The objects whose keys begin with the prefix, in the order of their keys' UTF-8 bytes (on some servers UTF-16, which
     * differs above U+FFFF), read page by page as the iterator goes. A missing folder or prefix is empty. What is put or deleted meanwhile may be among them or not.
     */
    Iterator<StoredObject> list(String prefix);

    /** The object of this key, if there is one. */
    Optional<StoredObject> find(String key);

    /**
     * Reads a part of an object, of the version that was found and no other. A connection that breaks is opened again where
     * it broke. Failures come as MillraceExceptions, not as IOExceptions; {@code close} from another thread ends a read.
     */
    InputStream open(StoredObject object, long from, long length);

    /**
     * The same, for what is going to be read to its end: of a remote object the next bytes, some megabytes at most, are
     * fetched while the caller works on the last ones.
     */
    default InputStream openAhead(StoredObject object, long from, long length) {
        return open(object, from, length);
    }

    /** The whole of a small object, of the version that was found. */
    default byte[] read(StoredObject object) {
        return read(object, 0, Math.toIntExact(object.size()));
    }

    /** A part of an object, of the version that was found. */
    byte[] read(StoredObject object, long from, int length);

    /** Puts a small object in place as a whole, durably, whether or not there was one. */
    StoredObject put(String key, byte[] content);

    /**
     * Puts a small object in place as a whole, durably, unless there is one.
     *
     * @return true where the object now there has this content: it was put now, or by an attempt whose answer was lost. So
     *     contents that rivals might put must differ, say by a random part
     */
    boolean putIfAbsent(String key, byte[] content);

    /** Removes the objects; those that are not there are no error. */
    void delete(Collection<String> keys);

    /** Begins to write an object of any size that nobody sees before {@link #complete}. One thread for each upload. */
    Upload upload(String key);

    /**
     * Makes a finished upload visible as a whole. Idempotent; STALE where the upload was aborted, or has expired by a rule
     * of the bucket.
     */
    StoredObject complete(StagedUpload upload);

    /** Drops an upload that was not completed; one that is not there any more is no error. */
    void abort(OpenUpload upload);

    /** The uploads below the prefix that were neither completed nor aborted, whoever began them. */
    Iterator<OpenUpload> uploads(String prefix);

    /** Ends all connections; does not throw. */
    @Override
    void close();
}
