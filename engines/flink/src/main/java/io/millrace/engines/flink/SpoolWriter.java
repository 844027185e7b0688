package io.millrace.engines.flink;

import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.exchange.BatchEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Writes rows to a file until their checkpoint is complete, so that no transaction of a target is open across checkpoints.
 * Little-endian: magic and version, then each batch behind its length and checksum. One thread.
 */
final class SpoolWriter implements AutoCloseable {
    static final long MAGIC = 0x4d524c53504f4f4cL; // MRLSPOOL
    static final int VERSION = 1;

    private final Path file;
    private final Schema schema;
    private final BatchEncoder encoder = new BatchEncoder();
    private final FileChannel channel;
    private long rows;
    private boolean finished;

    SpoolWriter(Path folder, Schema schema) {
        this.file = folder.resolve(UUID.randomUUID() + ".spool");
        this.schema = schema;
        try {
            DurableFiles.createDirectories(folder);
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            write(ByteBuffer.allocate(12)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(MAGIC)
                    .putInt(VERSION)
                    .flip());
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    void add(Batch batch) {
        ByteBuffer bytes = encoder.encode(batch);
        try {
            write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(bytes.remaining())
                    .putInt(checksum(bytes))
                    .flip());
            write(bytes);
        } catch (IOException failed) {
            throw failed(failed);
        }
        rows += batch.rowCount();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return (int) checksum.getValue();
    }

    /** Makes the rows durable. */
    Spool finish() {
        try {
            channel.force(true);
            channel.close();
            DurableFiles.syncDirectory(file.getParent());
        } catch (IOException failed) {
            throw failed(failed);
        }
        finished = true;
        List<Spool.SpoolField> fields = schema.fields().stream()
                .map(field -> new Spool.SpoolField(field.name(), field.type().toString(), field.nullable()))
                .toList();
        return new Spool(file.getFileName().toString(), rows, fields);
    }

    /** Removes the file where it was not finished. */
    @Override
    public void close() {
        if (!finished) {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException leftBehind) {
                // No checkpoint names it; the stream's next start removes it.
            }
        }
    }

    private MillraceException failed(IOException cause) {
        return MillraceException.unavailable(
                "cannot keep rows until their checkpoint is complete, in " + file + " (" + cause
                        + "); make the folder writable and see that its disk has space",
                cause);
    }
}
