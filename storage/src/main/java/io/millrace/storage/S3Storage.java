package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;

/** A prefix of a bucket. */
final class S3Storage implements Storage {
    /** The most keys that one DeleteObjects takes. */
    private static final int DELETED_AT_ONCE = 1000;

    private final S3Place place;
    private final S3Settings settings;
    private final RetryPolicy retry;
    private S3Client client;

    S3Storage(S3Place place, S3Settings settings, RetryPolicy retry) {
        this.place = place;
        this.settings = settings;
        this.retry = retry;
    }

    /** Made at the first call, so that a wrong region or a missing library is the fault of a call, not of a constructor. */
    synchronized S3Client client() {
        if (client == null) {
            client = S3Clients.of(settings, retry);
        }
        return client;
    }

    S3Place place() {
        return place;
    }

    RetryPolicy retry() {
        return retry;
    }

    @Override
    public String root() {
        return place.root();
    }

    @Override
    public String nameOf(String key) {
        return place.nameOf(key);
    }

    @Override
    public Iterator<StoredObject> list(String prefix) {
        return new S3Listing(this, prefix);
    }

    @Override
    public Optional<StoredObject> find(String key) {
        for (int look = 1; ; look++) {
            Optional<HeadObjectResponse> head = head(key);
            if (head.isEmpty() || head.get().eTag() != null) {
                return head.map(found -> object(key, found));
            }
            // Some servers show what is still being written, without an ETag; it is gone or complete in a moment.
            MillraceException incomplete = MillraceException.unavailable(
                    "the server gives no ETag for " + nameOf(key)
                            + ", without which a change of the object cannot be seen; is it still being written?",
                    null);
            if (!retry.retries(incomplete, look)) {
                throw incomplete;
            }
            pause(retry.delay(look), incomplete);
        }
    }

    private static void pause(Duration delay, MillraceException reason) {
        try {
            // The wait of the retry policy: a store tells nobody when an object is complete.
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "stopped; " + reason.getMessage(), interrupted);
        }
    }

    private Optional<HeadObjectResponse> head(String key) {
        String full = place.full(Keys.require(key));
        try {
            return Optional.of(client().headObject(
                            request -> request.bucket(place.bucket()).key(full)));
        } catch (SdkException failure) {
            if (S3Failure.is(failure, S3Failure.NOT_FOUND) && !S3Failure.isNoSuchBucket(failure)) {
                return Optional.empty();
            }
            throw S3Failure.of("cannot look at " + nameOf(key), failure);
        }
    }

    private static StoredObject object(String key, HeadObjectResponse head) {
        return new StoredObject(key, head.contentLength(), bare(head.eTag()), head.lastModified());
    }

    @Override
    public InputStream open(StoredObject object, long from, long length) {
        return length == 0 ? InputStream.nullInputStream() : new ResumingStream(this, object, from, length);
    }

    @Override
    public InputStream openAhead(StoredObject object, long from, long length) {
        return length == 0 ? InputStream.nullInputStream() : new AheadStream(this, object, from, length);
    }

    @Override
    public byte[] read(StoredObject object, long from, int length) {
        try (InputStream in = open(object, from, length)) {
            return in.readNBytes(length);
        } catch (IOException impossible) {
            throw MillraceException.unavailable("cannot read " + nameOf(object.key()), impossible);
        }
    }

    /** One request for a part; what comes may end early. */
    ResponseInputStream<GetObjectResponse> get(StoredObject object, long from, long length) {
        try {
            return client().getObject(request -> request.bucket(place.bucket())
                    .key(place.full(object.key()))
                    .ifMatch(quoted(object.version()))
                    .range("bytes=" + from + "-" + (from + length - 1)));
        } catch (SdkException failure) {
            if (S3Failure.is(failure, S3Failure.PRECONDITION_FAILED)) {
                throw stale(object, "has changed since it was planned");
            }
            if (S3Failure.is(failure, S3Failure.NOT_FOUND) && !S3Failure.isNoSuchBucket(failure)) {
                throw stale(object, "is gone since it was planned");
            }
            throw S3Failure.of("cannot read " + nameOf(object.key()), failure);
        }
    }

    private MillraceException stale(StoredObject object, String what) {
        return new MillraceException(
                ErrorKind.STALE, nameOf(object.key()) + " " + what + "; start the run anew with --restart");
    }

    @Override
    public StoredObject put(String key, byte[] content) {
        return calling("cannot write " + nameOf(key), () -> {
            client().putObject(putRequest(key, content).build(), RequestBody.fromBytes(content));
            return find(key)
                    .orElseThrow(() -> MillraceException.unavailable(
                            "cannot write " + nameOf(key) + ": it was gone again at once", null));
        });
    }

    private PutObjectRequest.Builder putRequest(String key, byte[] content) {
        return PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.full(Keys.require(key)))
                .contentMD5(Md5.base64(content, content.length));
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        try {
            client().putObject(putRequest(key, content).ifNoneMatch("*").build(), RequestBody.fromBytes(content));
            return true;
        } catch (SdkException failure) {
            if (S3Failure.is(failure, S3Failure.PRECONDITION_FAILED)) {
                return find(key)
                        .map(there -> Arrays.equals(read(there), content))
                        .orElse(false);
            }
            throw S3Failure.of("cannot write " + nameOf(key), failure);
        }
    }

    @Override
    public void delete(Collection<String> keys) {
        List<ObjectIdentifier> identifiers = new ArrayList<>();
        for (String key : keys) {
            identifiers.add(ObjectIdentifier.builder()
                    .key(place.full(Keys.require(key)))
                    .build());
        }
        for (int from = 0; from < identifiers.size(); from += DELETED_AT_ONCE) {
            deleteSome(identifiers.subList(from, Math.min(from + DELETED_AT_ONCE, identifiers.size())));
        }
    }

    private void deleteSome(List<ObjectIdentifier> identifiers) {
        String attempted = "cannot delete below " + root();
        DeleteObjectsResponse answer =
                calling(attempted, () -> client().deleteObjects(request -> request.bucket(place.bucket())
                        .delete(delete -> delete.objects(identifiers).quiet(true))));
        if (answer.hasErrors() && !answer.errors().isEmpty()) {
            S3Error first = answer.errors().get(0);
            throw MillraceException.denied(
                    "cannot delete s3://" + place.bucket() + "/" + first.key() + ": " + first.code() + ", "
                            + first.message() + "; check what the credentials are allowed to do",
                    null);
        }
    }

    @Override
    public Upload upload(String key) {
        return new S3Upload(this, Keys.require(key));
    }

    @Override
    public StoredObject complete(StagedUpload upload) {
        List<CompletedPart> parts = new ArrayList<>();
        for (String etag : upload.parts()) {
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(quoted(etag))
                    .build());
        }
        try {
            client().completeMultipartUpload(request -> request.bucket(place.bucket())
                    .key(place.full(upload.key()))
                    .uploadId(upload.id())
                    .multipartUpload(all -> all.parts(parts)));
        } catch (SdkException failure) {
            // An earlier call may have completed it, its answer lost: then the object that is there carries our token.
            if (!S3Failure.is(failure, S3Failure.NOT_FOUND) || S3Failure.isNoSuchBucket(failure)) {
                throw S3Failure.of("cannot complete the upload of " + nameOf(upload.key()), failure);
            }
        }
        return head(upload.key())
                .filter(head -> upload.token().equals(head.metadata().get(S3Upload.TOKEN)))
                .map(head -> object(upload.key(), head))
                .orElseThrow(() -> new MillraceException(
                        ErrorKind.STALE,
                        "the upload of " + nameOf(upload.key())
                                + " is gone: aborted, or expired by a rule of the bucket; start the run anew with"
                                + " --restart"));
    }

    @Override
    public void abort(OpenUpload upload) {
        try {
            client().abortMultipartUpload(request ->
                    request.bucket(place.bucket()).key(place.full(upload.key())).uploadId(upload.id()));
        } catch (SdkException failure) {
            if (!S3Failure.is(failure, S3Failure.NOT_FOUND)) {
                throw S3Failure.of("cannot abort an upload of " + nameOf(upload.key()), failure);
            }
        }
    }

    @Override
    public Iterator<OpenUpload> uploads(String prefix) {
        return calling("cannot list the uploads below " + nameOf(prefix), () -> client()
                .listMultipartUploadsPaginator(
                        request -> request.bucket(place.bucket()).prefix(place.full(prefix)))
                .uploads()
                .stream()
                .map(upload -> new OpenUpload(place.relative(upload.key()), upload.uploadId()))
                .toList()
                .iterator());
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    static <T> T calling(String attempted, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw S3Failure.of(attempted, failure);
        }
    }

    static String bare(String etag) {
        return etag.startsWith("\"") && etag.endsWith("\"") ? etag.substring(1, etag.length() - 1) : etag;
    }

    private static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    static Map<String, String> metadata(String token) {
        return Map.of(S3Upload.TOKEN, token);
    }
}
