package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A part of an object, asked for again from where the connection broke. One thread; {@link #close} from any. */
final class ResumingStream extends InputStream {
    private final S3Storage storage;
    private final StoredObject object;
    private final long end;
    private long position;
    private int failures;
    private volatile ResponseInputStream<GetObjectResponse> current;
    private volatile boolean closed;

    ResumingStream(S3Storage storage, StoredObject object, long from, long length) {
        this.storage = storage;
        this.object = object;
        this.position = from;
        this.end = from + length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0 || position == end) {
            return length == 0 ? 0 : -1;
        }
        while (true) {
            try {
                int read = source().read(target, offset, (int) Math.min(length, end - position));
                if (read < 0) {
                    throw new IOException("the answer ended " + (end - position) + " bytes early");
                }
                failures = 0;
                position += read;
                if (position == end) {
                    release();
                }
                return read;
            } catch (IOException | SdkException broken) {
                recover(broken);
            }
        }
    }

    private ResponseInputStream<GetObjectResponse> source() {
        ResponseInputStream<GetObjectResponse> open = current;
        if (open == null) {
            open = storage.get(object, position, end - position);
            current = open;
            if (closed) {
                release();
                throw stopped(null);
            }
        }
        return open;
    }

    private void recover(Exception broken) {
        release();
        if (closed || Thread.currentThread().isInterrupted()) {
            throw stopped(broken);
        }
        failures++;
        MillraceException failure = MillraceException.unavailable(
                "cannot read " + storage.nameOf(object.key()) + " at byte " + position + ": " + broken.getMessage(),
                broken);
        if (!storage.retry().retries(failure, failures)) {
            throw failure;
        }
        try {
            // The wait of the retry policy: a store that is overloaded tells nobody when it is better.
            Thread.sleep(storage.retry().delay(failures).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw stopped(stopped);
        }
    }

    private MillraceException stopped(Throwable cause) {
        return new MillraceException(
                ErrorKind.STOPPED, "reading " + storage.nameOf(object.key()) + " was stopped", cause);
    }

    /** A connection with unread bytes is broken off: reading them to its end could take longer than a new one. */
    private void release() {
        ResponseInputStream<GetObjectResponse> open = current;
        current = null;
        if (open != null) {
            if (position == end) {
                try {
                    open.close();
                } catch (IOException done) {
                    // All of it has been read.
                }
            } else {
                open.abort();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        release();
    }
}
