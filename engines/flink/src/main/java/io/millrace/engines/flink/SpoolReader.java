package io.millrace.engines.flink;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.exchange.BatchDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads what {@link SpoolWriter} has written. */
record SpoolReader(Path folder, Spool spool) {
    Schema schema() {
        return Schema.of(spool.schema().stream()
                .map(field ->
                        new Field(field.name(), DataType.parse(field.type()).orElseThrow(), field.nullable()))
                .toList());
    }

    private Path file() {
        return folder.resolve(spool.file());
    }

    /** Passes on the batches in order; STALE where the file is not what was written. */
    void read(Consumer<Batch> taking) {
        Schema schema = schema();
        long rows = 0;
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            ByteBuffer head = read(channel, 12);
            if (head.getLong() != SpoolWriter.MAGIC || head.getInt() != SpoolWriter.VERSION) {
                throw stale("was written by another version of Millrace");
            }
            while (rows < spool.rows()) {
                ByteBuffer frame = read(channel, 8);
                ByteBuffer bytes = read(channel, frame.getInt());
                if (SpoolWriter.checksum(bytes) != frame.getInt()) {
                    throw stale("is damaged");
                }
                Batch batch = BatchDecoder.decode(schema, bytes);
                rows += batch.rowCount();
                taking.accept(batch);
            }
        } catch (NoSuchFileException | EOFException gone) {
            throw stale("is gone or cut short");
        } catch (IOException failed) {
            throw MillraceException.unavailable("cannot read " + file() + " (" + failed + ")", failed);
        }
    }

    private static ByteBuffer read(FileChannel channel, int size) throws IOException {
        if (size < 0 || size > channel.size() - channel.position()) {
            throw new EOFException();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }

    private MillraceException stale(String what) {
        return new MillraceException(
                ErrorKind.STALE,
                "the rows in " + file()
                        + ", which a checkpoint names and the target does not have yet, cannot be read: the" + " file "
                        + what + ". Restore it, or begin anew with --restart");
    }
}
