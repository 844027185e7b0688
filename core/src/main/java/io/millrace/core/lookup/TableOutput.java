package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes a file of columns: magic and version, then blocks of a row count and that many values of each column, then a row
 * count of 0. Big-endian. One thread.
 */
final class TableOutput {
    static final long MAGIC = 0x4d524c5441424c45L; // MRLTABLE
    static final int VERSION = 1;
    private static final int BUFFER = 1 << 18;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final CRC32C checksum = new CRC32C();

    TableOutput(FileChannel channel) throws IOException {
        this.channel = channel;
        room(12).putLong(MAGIC).putInt(VERSION);
    }

    /** Writes some rows, at least one. */
    void write(List<Column> columns, int rows) throws IOException {
        room(4).putInt(rows);
        for (Column column : columns) {
            write(column, 0, rows);
        }
    }

    /** Ends the file and forces it to the disk; returns the checksum of all of it. */
    String finish() throws IOException {
        room(4).putInt(0);
        flush();
        channel.force(true);
        return text(checksum);
    }

    static String text(CRC32C checksum) {
        return String.format("crc32c:%08x", checksum.getValue());
    }

    private void write(Column column, int from, int to) throws IOException {
        nulls(column, from, to);
        if (column instanceof LongColumn longs) {
            longs(longs.values(), from, to);
        } else if (column instanceof IntColumn ints) {
            for (int row = from; row < to; row++) {
                room(4).putInt(ints.get(row));
            }
        } else if (column instanceof DoubleColumn doubles) {
            for (int row = from; row < to; row++) {
                room(8).putLong(Double.doubleToRawLongBits(doubles.get(row)));
            }
        } else if (column instanceof BooleanColumn booleans) {
            for (int row = from; row < to; row++) {
                room(1).put((byte) (booleans.get(row) ? 1 : 0));
            }
        } else if (column instanceof DecimalColumn decimals) {
            longs(decimals.low(), from, to);
            if (decimals.high() != null) {
                longs(decimals.high(), from, to);
            }
        } else if (column instanceof BytesColumn text) {
            sizes(text.offsets(), from, to);
            bytes(text.data(), text.offsets()[from], text.offsets()[to]);
        } else if (column instanceof ListColumn lists) {
            sizes(lists.offsets(), from, to);
            write(lists.elements(), lists.offsets()[from], lists.offsets()[to]);
        }
    }

    /** A flag, and 64 rows' null bits a word where there is a null. */
    private void nulls(Column column, int from, int to) throws IOException {
        room(1).put((byte) (column.nulls().any() ? 1 : 0));
        if (column.nulls().any()) {
            for (int first = from; first < to; first += 64) {
                long word = 0;
                for (int row = first; row < Math.min(first + 64, to); row++) {
                    word |= column.isNull(row) ? 1L << (row - first) : 0;
                }
                room(8).putLong(word);
            }
        }
    }

    private void sizes(int[] offsets, int from, int to) throws IOException {
        for (int row = from; row < to; row++) {
            room(4).putInt(offsets[row + 1] - offsets[row]);
        }
    }

    private void longs(long[] values, int from, int to) throws IOException {
        for (int row = from; row < to; row++) {
            room(8).putLong(values[row]);
        }
    }

    private void bytes(byte[] data, int from, int to) throws IOException {
        for (int at = from; at < to; ) {
            int size = Math.min(to - at, room(1).remaining());
            buffer.put(data, at, size);
            at += size;
        }
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        buffer.flip();
        checksum.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
