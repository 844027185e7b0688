package io.millrace.core.exchange;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Batches as bytes, little-endian: the number of rows, then each column as the words of its null bitmap (their number first,
 * 0 where nothing is null) and its values as they lie in memory. The schema is not part of it. One thread.
 */
public final class BatchEncoder {
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** The bytes, valid until the next call; position 0 to limit. */
    public ByteBuffer encode(Batch batch) {
        buffer.clear();
        reserve(4).putInt(batch.rowCount());
        for (int i = 0; i < batch.schema().size(); i++) {
            put(batch.column(i), batch.rowCount());
        }
        return buffer.flip();
    }

    private ByteBuffer reserve(long more) {
        if (buffer.remaining() < more) {
            int capacity =
                    (int) Math.min(Integer.MAX_VALUE - 8, Math.max(buffer.capacity() * 2L, buffer.position() + more));
            ByteBuffer grown = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
            buffer = grown.put(buffer.flip());
        }
        return buffer;
    }

    private void put(Column column, int rows) {
        putNulls(column.nulls(), rows);
        if (column instanceof LongColumn longs) {
            putLongs(longs.values(), rows);
        } else if (column instanceof BytesColumn bytes) {
            int size = putOffsets(bytes.offsets(), rows);
            reserve(size).put(bytes.data(), bytes.offsets()[0], size);
        } else if (column instanceof IntColumn ints) {
            putInts(ints.values(), rows);
        } else if (column instanceof DoubleColumn doubles) {
            reserve(8L * rows).asDoubleBuffer().put(doubles.values(), 0, rows);
            buffer.position(buffer.position() + 8 * rows);
        } else if (column instanceof DecimalColumn decimals) {
            putLongs(decimals.low(), rows);
            if (decimals.high() != null) {
                putLongs(decimals.high(), rows);
            }
        } else if (column instanceof BooleanColumn booleans) {
            reserve(rows);
            for (int row = 0; row < rows; row++) {
                buffer.put((byte) (booleans.get(row) ? 1 : 0));
            }
        } else {
            putList((ListColumn) column, rows);
        }
    }

    private void putList(ListColumn list, int rows) {
        int first = list.offsets()[0];
        int elements = putOffsets(list.offsets(), rows);
        put(ColumnSlices.slice(list.elements(), first, first + elements), elements);
    }

    private void putNulls(NullBitmap nulls, int rows) {
        long[] words = nulls.any() ? nulls.toWords(rows) : new long[0];
        reserve(4).putInt(words.length);
        putLongs(words, words.length);
    }

    private void putLongs(long[] values, int count) {
        reserve(8L * count).asLongBuffer().put(values, 0, count);
        buffer.position(buffer.position() + 8 * count);
    }

    private void putInts(int[] values, int count) {
        reserve(4L * count).asIntBuffer().put(values, 0, count);
        buffer.position(buffer.position() + 4 * count);
    }

    /** Where each row ends, counted from the first one's start; returns the whole length. */
    private int putOffsets(int[] offsets, int rows) {
        reserve(4L * rows);
        int first = offsets[0];
        for (int row = 1; row <= rows; row++) {
            buffer.putInt(offsets[row] - first);
        }
        return offsets[rows] - first;
    }
}
