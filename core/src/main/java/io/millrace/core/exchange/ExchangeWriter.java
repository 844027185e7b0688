package io.millrace.core.exchange;

import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.BoundKeyedStep;
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

    private final BlockWriter file;
    private final Buckets buckets;
    private final int count;
    private final List<List<Batch>> waiting = new ArrayList<>();
    private final int[] waitingRows;
    private final BatchEncoder encoder = new BatchEncoder();
    private int allWaiting;

    /** @param file of this attempt alone; nothing has been written to it */
    ExchangeWriter(BlockWriter file, BoundKeyedStep step, int buckets, long seed) {
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
        file.write(new EncodedBlock(bucket, encoder.encode(block)));
    }

    /**
     * Ends the file.
     *
     * @param rows how many rows it stands for
     */
    public Staged stage(long rows) {
        flush();
        return file.stage(rows);
    }

    /** Removes the file unless it is staged; never throws. */
    @Override
    public void close() {
        file.close();
    }
}
