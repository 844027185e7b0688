package io.millrace.engines.flink;

import io.millrace.api.Message;
import io.millrace.api.MessageRows;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import java.util.Arrays;

/**
 * The messages of one partition that wait to go through the steps together. Each partition has batches of its own, so that
 * rejects know where their rows come from, and so that one partition's event time is not taken for another's. One thread.
 */
final class PartitionRows {
    private final MessageRows rows;
    private final String splitId;
    private final int[] ordinals;
    private long base;
    private int count;
    private long next;
    private long latest = Long.MIN_VALUE;
    private long activeAt;

    /** @param now when it is known of: before its first message it counts as active since then */
    PartitionRows(MessageRows rows, int partition, int batchRows, long now) {
        this.activeAt = now;
        this.rows = rows;
        this.splitId = "partition-" + partition;
        this.ordinals = new int[batchRows];
    }

    /**
     * True where the message goes into the batch that is being filled; otherwise that one has to be taken first: it is full, or
     * too far from the message for its rows to be numbered.
     */
    boolean takes(Message message) {
        return count < ordinals.length && (count == 0 || message.offset() - base <= Integer.MAX_VALUE);
    }

    /** Takes a message in; true where it became a row. */
    boolean add(Message message, Rejects rejects, long now) {
        next = message.offset() + 1;
        activeAt = now;
        if (!rows.add(message, splitId, rejects)) {
            return false;
        }
        if (count == 0) {
            base = message.offset();
        }
        ordinals[count++] = (int) (message.offset() - base);
        return true;
    }

    int count() {
        return count;
    }

    /** The rows, of which there are some. */
    Batch take() {
        Batch batch = rows.build(Origin.of(splitId, base, Arrays.copyOf(ordinals, count)));
        count = 0;
        return batch;
    }

    /** The offset behind the last message. */
    long next() {
        return next;
    }

    /** Learns of an event time, in microseconds. */
    void saw(long eventTime) {
        latest = Math.max(latest, eventTime);
    }

    /** The latest event time; Long.MIN_VALUE before the first. */
    long latest() {
        return latest;
    }

    /** When the last message came. */
    long activeAt() {
        return activeAt;
    }
}
