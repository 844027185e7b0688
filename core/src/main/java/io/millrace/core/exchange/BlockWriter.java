package io.millrace.core.exchange;

import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes encoded blocks to an exchange file, which is made when the first one comes. One thread. */
public final class BlockWriter implements AutoCloseable {
    private final Path file;
    private final boolean durable;
    private final List<ExchangeFile.Block> blocks = new ArrayList<>();
    private FileChannel channel;
    private long position;
    private boolean staged;

    /**
     * @param file of this writer alone; nothing is there yet
     * @param durable whether it has to outlive a crash of the machine
     */
    public BlockWriter(Path file, boolean durable) {
        this.file = file;
        this.durable = durable;
    }

    public void write(EncodedBlock block) {
        ByteBuffer bytes = block.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        blocks.add(new ExchangeFile.Block(
                block.bucket(),
                open(),
                bytes.remaining(),
                bytes.getInt(bytes.position()),
                ExchangeFile.checksum(bytes)));
        append(bytes);
    }

    /** The place of the next bytes, behind the header. */
    private long open() {
        if (channel == null) {
            try {
                DurableFiles.createDirectories(file.getParent());
                channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (IOException failed) {
                throw failed(failed);
            }
            append(ByteBuffer.allocate(ExchangeFile.HEADER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(ExchangeFile.MAGIC)
                    .putInt(ExchangeFile.VERSION)
                    .flip());
        }
        return position;
    }

    private void append(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                position += channel.write(bytes);
            }
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    /**
     * Ends the file.
     *
     * @param rows how many rows it stands for
     */
    public Staged stage(long rows) {
        open();
        ByteBuffer index = ExchangeFile.encode(blocks);
        int checksum = ExchangeFile.checksum(index);
        append(index);
        try {
            if (durable) {
                channel.force(true);
            }
            channel.close();
            if (durable) {
                DurableFiles.syncDirectory(file.getParent());
            }
        } catch (IOException failed) {
            throw failed(failed);
        }
        staged = true;
        return new ExchangeFile(file.getFileName().toString(), position, blocks.size(), checksum).toStaged(rows);
    }

    private MillraceException failed(IOException cause) {
        return MillraceException.unavailable(
                "cannot store rows that wait for others of their key in " + file + " (" + cause
                        + "); see that the state folder's disk has space, or move it with --state",
                cause);
    }

    /** Removes the file unless it is staged; never throws. */
    @Override
    public void close() {
        if (staged || channel == null) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // Named by no piece result, the file counts for nothing; the run's end removes it.
        }
    }
}
