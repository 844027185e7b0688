package io.millrace.core.exchange;

import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.BoundKeyedStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the partial rows of one attempt at one piece to a file of its own, divided into buckets. Rows wait for others of
 * their bucket, within a bounded memory, so that blocks are worth their overhead. One thread.
 */
public final class ExchangeWriter implements AutoCloseable {
    /** Rows that make a block. */
    private static final int BLOCK_ROWS = 4096;
    /** Rows that wait, in all buckets. */
    private static final int WAITING_ROWS = 1 << 18;

    private final Path file;
    private final Buckets buckets;
    private final int count;
    private final List<List<Batch>> waiting = new ArrayList<>();
    private final int[] waitingRows;
    private final List<ExchangeFile.Block> blocks = new ArrayList<>();
    private final BatchEncoder encoder = new BatchEncoder();
    private int allWaiting;
    private FileChannel channel;
    private long position;
    private boolean staged;

    /** @param file of this attempt alone; nothing is there yet */
    public ExchangeWriter(Path file, BoundKeyedStep step, int buckets, long seed) {
        this.file = file;
        this.buckets = new Buckets(step.partial(), step.key(), seed);
        this.count = buckets;
        this.waitingRows = new int[buckets];
        for (int i = 0; i < buckets; i++) {
            waiting.add(new ArrayList<>());
        }
    }

    public void write(Batch partials) {
        Selection[] divided = buckets.divide(partials, count);
        for (int bucket = 0; bucket < count; bucket++) {
            int rows = divided[bucket].count();
            if (rows > 0) {
                waiting.get(bucket).add(partials.select(divided[bucket]));
                waitingRows[bucket] += rows;
                allWaiting += rows;
                if (waitingRows[bucket] >= BLOCK_ROWS) {
                    flush(bucket);
                }
            }
        }
        if (allWaiting >= WAITING_ROWS) {
            flush();
        }
    }

    private void flush() {
        for (int bucket = 0; bucket < count; bucket++) {
            if (waitingRows[bucket] > 0) {
                flush(bucket);
            }
        }
    }

    private void flush(int bucket) {
        Batch block = Concatenation.of(waiting.get(bucket));
        waiting.get(bucket).clear();
        allWaiting -= waitingRows[bucket];
        waitingRows[bucket] = 0;
        ByteBuffer bytes = encoder.encode(block);
        blocks.add(new ExchangeFile.Block(
                bucket, open(), bytes.remaining(), block.rowCount(), ExchangeFile.checksum(bytes)));
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
     * Makes the file durable.
     *
     * @param rows how many rows it stands for
     */
    public Staged stage(long rows) {
        flush();
        open();
        ByteBuffer index = ExchangeFile.encode(blocks);
        int checksum = ExchangeFile.checksum(index);
        append(index);
        try {
            channel.force(true);
            channel.close();
            DurableFiles.syncDirectory(file.getParent());
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
