package io.millrace.core.lookup;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.exchange.BatchDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads what {@link TableOutput} wrote, whose checksum has been compared before. */
final class TableInput {
    private TableInput() {}

    /** Appends all rows to one column for each field of the schema; returns how many they are. */
    static int readInto(FileChannel channel, Schema schema, GrowingColumn[] columns) throws IOException {
        ByteBuffer header = read(channel, TableOutput.HEADER);
        if (header.getLong() != TableOutput.MAGIC || header.getInt() != TableOutput.VERSION) {
            throw new IOException("written by another version of Millrace");
        }
        int rows = 0;
        while (channel.position() < channel.size()) {
            Batch batch =
                    BatchDecoder.decode(schema, read(channel, read(channel, 4).getInt()));
            for (int i = 0; i < columns.length; i++) {
                columns[i].appendAll(batch.column(i));
            }
            rows = Math.addExact(rows, batch.rowCount());
        }
        return rows;
    }

    private static ByteBuffer read(FileChannel channel, int count) throws IOException {
        ByteBuffer bytes = TableOutput.bytes(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
