package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.exchange.BatchDecoder;
import io.millrace.core.exchange.BatchEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends rows to the subtasks that their keys are with, those of a batch for one subtask together: the number of a bucket
 * that is there, where the rows come from, the rows. Nothing of it lasts longer than a job. One thread.
 */
final class Exchange {
    private static final int NO_ORIGIN = -1;

    private final RowKeys keys;
    private final int parallelism;
    private final Consumer<byte[]> sending;
    private final BatchEncoder encoder = new BatchEncoder();

    Exchange(Schema schema, List<String> key, int parallelism, Consumer<byte[]> sending) {
        this.keys = new RowKeys(schema, key);
        this.parallelism = parallelism;
        this.sending = sending;
    }

    void send(Batch rows) {
        int[][] chosen = new int[parallelism][];
        int[] counts = new int[parallelism];
        int[] buckets = new int[parallelism];
        for (int row = 0; row < rows.rowCount(); row++) {
            int bucket = keys.at(rows, row).bucket();
            int subtask = Buckets.subtask(bucket, parallelism);
            if (chosen[subtask] == null) {
                chosen[subtask] = new int[rows.rowCount()];
                buckets[subtask] = bucket;
            }
            chosen[subtask][counts[subtask]++] = row;
        }
        for (int subtask = 0; subtask < parallelism; subtask++) {
            if (counts[subtask] == rows.rowCount()) {
                sending.accept(encode(rows, buckets[subtask]));
            } else if (counts[subtask] > 0) {
                Selection selection = Selection.of(chosen[subtask], counts[subtask]);
                sending.accept(encode(rows.select(selection), buckets[subtask]));
            }
        }
    }

    private byte[] encode(Batch rows, int bucket) {
        Optional<Origin> origin = rows.origin();
        byte[] split = origin.map(known -> known.splitId().getBytes(StandardCharsets.UTF_8))
                .orElse(new byte[0]);
        ByteBuffer encoded = encoder.encode(rows);
        int head = 8 + (origin.isPresent() ? split.length + 12 + 4 * rows.rowCount() : 0);
        ByteBuffer bytes = ByteBuffer.allocate(head + encoded.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(Buckets.number(bucket)).putInt(origin.isPresent() ? split.length : NO_ORIGIN);
        if (origin.isPresent()) {
            long base = origin.get().ordinal(0);
            bytes.put(split).putLong(base).putInt(rows.rowCount());
            for (int row = 0; row < rows.rowCount(); row++) {
                bytes.putInt((int) (origin.get().ordinal(row) - base));
            }
        }
        return bytes.put(encoded).array();
    }

    /** The number of the bucket by which Flink finds the subtask. */
    static int number(byte[] sent) {
        return ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** The rows that were sent. */
    static Batch receive(byte[] sent, Schema schema) {
        ByteBuffer bytes = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN).position(4);
        int length = bytes.getInt();
        if (length == NO_ORIGIN) {
            return BatchDecoder.decode(schema, bytes);
        }
        String split = new String(sent, bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        long base = bytes.getLong();
        int[] ordinals = new int[bytes.getInt()];
        bytes.asIntBuffer().get(ordinals);
        bytes.position(bytes.position() + 4 * ordinals.length);
        Batch batch = BatchDecoder.decode(schema, bytes);
        return Batch.of(schema, ordinals.length, batch.columns(), Origin.of(split, base, ordinals));
    }
}
