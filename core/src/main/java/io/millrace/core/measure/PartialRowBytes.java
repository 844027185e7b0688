package io.millrace.core.measure;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A partial row as bytes, for engines that keep the state of each key themselves. They begin with a version and a checksum
 * of the columns' names and types, which carry the version of each accumulator's state: what another version or other
 * measures have written is told apart, never misread. One thread.
 */
public final class PartialRowBytes {
    private static final byte VERSION = 1;
    private static final int HEAD = 5;

    private final Schema schema;
    private final int columns;
    private final OrderedBytes buffer = new OrderedBytes(true);
    private final OrderedBytesReader reader = new OrderedBytesReader();

    /** For partial rows of this schema. */
    public PartialRowBytes(Schema partial) {
        this.schema = partial;
        CRC32 checksum = new CRC32();
        for (Field field : partial) {
            checksum.update((field.name() + "\n" + field.type() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        this.columns = (int) checksum.getValue();
    }

    /** The bytes of a row. */
    public byte[] write(Batch partials, int row) {
        buffer.clear();
        buffer.appendRaw(ByteBuffer.allocate(HEAD).put(VERSION).putInt(columns).array(), 0, HEAD);
        for (Column column : partials.columns()) {
            buffer.append(column, row);
        }
        return buffer.copy();
    }

    /** The rows of these bytes. A user error where they are of other measures or an unknown version. */
    public Batch read(List<byte[]> rows) {
        List<ColumnBuilder> builders = new ArrayList<>();
        schema.forEach(field -> builders.add(ColumnBuilder.of(field.type())));
        for (byte[] row : rows) {
            ByteBuffer head = ByteBuffer.wrap(row);
            if (row.length < HEAD || head.get() != VERSION || head.getInt() != columns) {
                throw MillraceException.user(
                        "the state that is kept was written for other measures, or by another version of"
                                + " Millrace; begin anew without it");
            }
            reader.over(row, HEAD, row.length);
            builders.forEach(reader::read);
        }
        return Batch.of(
                schema, rows.size(), builders.stream().map(ColumnBuilder::build).toList(), null);
    }
}
