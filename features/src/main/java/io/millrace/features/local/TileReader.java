package io.millrace.features.local;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.exchange.BatchDecoder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Reads a file of tiles, and believes nothing that its checksums do not say. */
final class TileReader implements BatchReader {
    private final Path path;
    private final TileFile file;
    private final Schema schema;
    private final String split;
    private final InputStream in;
    private long position;
    private long rows;

    TileReader(Path path, TileFile file, Schema schema, String split) {
        this.path = path;
        this.file = file;
        this.schema = schema;
        this.split = split;
        try {
            if (Files.size(path) != file.size()) {
                throw damaged("is not as long as it was");
            }
            this.in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
            ByteBuffer head = read(TileFile.HEADER);
            if (head.getLong() != TileFile.MAGIC || head.getInt() != TileFile.VERSION) {
                throw damaged("is of an unknown form");
            }
        } catch (IOException gone) {
            throw damaged("cannot be read (" + gone + ")");
        }
    }

    private MillraceException damaged(String what) {
        return new MillraceException(
                ErrorKind.STALE,
                "the tile file " + path + " " + what + "; add --refresh " + file.day() + " to make it anew");
    }

    private ByteBuffer read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw damaged("ends too early");
        }
        position += count;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Batch next() {
        if (position == file.size()) {
            return null;
        }
        try {
            ByteBuffer head = read(TileFile.BLOCK_HEAD);
            int length = head.getInt();
            int expected = head.getInt();
            if (length < 0 || length > file.size() - position) {
                throw damaged("is damaged");
            }
            ByteBuffer bytes = read(length);
            CRC32C checksum = new CRC32C();
            checksum.update(bytes.duplicate());
            if ((int) checksum.getValue() != expected) {
                throw damaged("is damaged");
            }
            Batch batch = BatchDecoder.decode(schema, bytes);
            long base = rows;
            rows += batch.rowCount();
            return Batch.of(schema, batch.rowCount(), batch.columns(), Origin.of(split, base));
        } catch (IOException failed) {
            throw damaged("cannot be read (" + failed + ")");
        }
    }

    @Override
    public long rowsRead() {
        return rows;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
