package io.millrace.connectors.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.millrace.api.ByteSize;
import io.millrace.api.MillraceException;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The bytes of a file, unpacked. All that goes wrong is a MillraceException that names the file and the place: a damaged or
 * cut archive, bytes behind its end, more than the limit. {@link #close} may be called from another thread.
 */
final class UnpackedStream extends InputStream {
    private static final int BUFFER = 128 << 10;

    private final String name;
    private final InputStream packed;
    private final InputStream in;
    private final long limit;
    private long unpacked;

    private UnpackedStream(String name, InputStream packed, InputStream in, long limit) {
        this.name = name;
        this.packed = packed;
        this.in = in;
        this.limit = limit;
    }

    /** A whole file, of which perhaps only the beginning is read. */
    static UnpackedStream open(Storage storage, StoredObject file, SourceOptions options) {
        return open(storage, file, options, file.size());
    }

    /** The beginning of a file that is not compressed, or a whole one. */
    static UnpackedStream open(Storage storage, StoredObject file, SourceOptions options, long to) {
        return open(storage.nameOf(file.key()), storage.open(file, 0, to), file, options);
    }

    /** @param packed the bytes of a file, which this closes: a part of one that is not compressed, or all of them */
    static UnpackedStream open(String name, InputStream packed, StoredObject file, SourceOptions options) {
        try {
            return switch (options.compression().of(file.key())) {
                case AUTO, NONE -> new UnpackedStream(name, packed, packed, Long.MAX_VALUE);
                case GZIP -> new UnpackedStream(name, packed, gzip(file, packed), options.unpackedLimit());
                case ZSTD -> new UnpackedStream(
                        name,
                        packed,
                        new ZstdInputStreamNoFinalizer(new BufferedInputStream(packed, BUFFER)),
                        options.unpackedLimit());
            };
        } catch (IOException damaged) {
            Stopped.close(packed);
            throw damaged(name, 0, damaged);
        } catch (RuntimeException failure) {
            Stopped.close(packed);
            throw failure;
        }
    }

    private static InputStream gzip(StoredObject file, InputStream packed) throws IOException {
        if (file.size() == 0) {
            return InputStream.nullInputStream();
        }
        return GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(packed, BUFFER))
                .setDecompressConcatenated(true)
                .get();
    }

    String name() {
        return name;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            int read = in.read(target, offset, length);
            unpacked += Math.max(read, 0);
            if (unpacked > limit) {
                throw MillraceException.user(name + " unpacks to more than " + new ByteSize(limit)
                        + "; if that is right, raise unpacked_limit");
            }
            return read;
        } catch (IOException damaged) {
            throw damaged(name, unpacked, damaged);
        }
    }

    private static MillraceException damaged(String name, long place, IOException reason) {
        String said = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
        return MillraceException.user("the archive " + name + " is damaged behind unpacked byte " + place + ": " + said
                + "; bring an undamaged copy, or leave it out of the path");
    }

    @Override
    public void close() {
        Stopped.close(packed);
        Stopped.close(in);
    }
}
