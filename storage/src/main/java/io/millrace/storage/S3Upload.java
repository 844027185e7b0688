package io.millrace.storage;

import io.millrace.api.MillraceException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;

/** A multipart upload. Holds one part in memory. */
final class S3Upload implements Upload {
    /** The name of the metadata that tells which upload made an object. */
    static final String TOKEN = "millrace-upload";

    private static final int FIRST_PARTS = 8 << 20;
    private static final int LARGEST_PART = 512 << 20;
    /** Parts double in size so often that the 10,000 which S3 allows hold its largest object. */
    private static final int PARTS_OF_A_SIZE = 1500;

    private final S3Storage storage;
    private final String key;
    private final String token = UUID.randomUUID().toString();
    private final String id;
    private final List<String> parts = new ArrayList<>();
    private byte[] part = new byte[64 << 10];
    private int filled;
    private long bytes;
    private boolean ended;

    S3Upload(S3Storage storage, String key) {
        this.storage = storage;
        this.key = key;
        this.id = S3Storage.calling("cannot begin an upload of " + storage.nameOf(key), () -> storage.client()
                .createMultipartUpload(request -> request.bucket(storage.place().bucket())
                        .key(storage.place().full(key))
                        .metadata(S3Storage.metadata(token)))
                .uploadId());
    }

    @Override
    public OpenUpload open() {
        return new OpenUpload(key, id);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int taken = Math.min(left, partSize() - filled);
            makeRoom(filled + taken);
            System.arraycopy(source, from, part, filled, taken);
            filled += taken;
            from += taken;
            left -= taken;
            if (filled == partSize()) {
                send();
            }
        }
    }

    private int partSize() {
        return (int) Math.min(LARGEST_PART, (long) FIRST_PARTS << (parts.size() / PARTS_OF_A_SIZE));
    }

    private void makeRoom(int wanted) {
        if (wanted > part.length) {
            part = Arrays.copyOf(part, Math.min(partSize(), Math.max(wanted, 2 * part.length)));
        }
    }

    private void send() {
        int number = parts.size() + 1;
        String etag =
                S3Storage.calling("cannot upload part " + number + " of " + storage.nameOf(key), () -> storage.client()
                        .uploadPart(
                                request -> request.bucket(storage.place().bucket())
                                        .key(storage.place().full(key))
                                        .uploadId(id)
                                        .partNumber(number)
                                        .contentMD5(Md5.base64(part, filled)),
                                RequestBody.fromContentProvider(
                                        () -> new ByteArrayInputStream(part, 0, filled),
                                        filled,
                                        "application/octet-stream"))
                        .eTag());
        parts.add(S3Storage.bare(etag));
        bytes += filled;
        filled = 0;
    }

    @Override
    public StagedUpload finish() {
        // An empty object is one empty part.
        if (filled > 0 || parts.isEmpty()) {
            send();
        }
        ended = true;
        return new StagedUpload(key, id, token, parts, bytes);
    }

    @Override
    public void close() {
        part = new byte[0];
        if (!ended) {
            ended = true;
            try {
                storage.abort(open());
            } catch (MillraceException unreachable) {
                // Left to whoever looks for orphans.
            }
        }
    }
}
