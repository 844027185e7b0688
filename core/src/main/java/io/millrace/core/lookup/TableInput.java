package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads what {@link TableOutput} wrote, whose checksum has been compared before. One thread. */
final class TableInput {
    private final DataInputStream in;

    /** An IOException where it is no such file. */
    TableInput(DataInputStream in) throws IOException {
        this.in = in;
        if (in.readLong() != TableOutput.MAGIC || in.readInt() != TableOutput.VERSION) {
            throw new IOException("written by another version of Millrace");
        }
    }

    /** Appends all rows to one column for each field of the schema; returns how many they are. */
    int readInto(Schema schema, GrowingColumn[] columns) throws IOException {
        int total = 0;
        for (int rows = in.readInt(); rows > 0; rows = in.readInt()) {
            for (int i = 0; i < columns.length; i++) {
                columns[i].appendAll(column(schema.field(i).type(), rows));
            }
            total = Math.addExact(total, rows);
        }
        return total;
    }

    private Column column(DataType type, int rows) throws IOException {
        NullBitmap nulls = nulls(rows);
        return switch (type.kind()) {
            case INT64, TIMESTAMP -> LongColumn.of(type, rows, nulls, longs(rows));
            case INT32, DATE -> IntColumn.of(type, rows, nulls, ints(rows));
            case FLOAT64 -> {
                double[] values = new double[rows];
                bytes(rows, 8).asDoubleBuffer().get(values);
                yield DoubleColumn.of(rows, nulls, values);
            }
            case BOOLEAN -> {
                ByteBuffer flags = bytes(rows, 1);
                boolean[] values = new boolean[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = flags.get(row) != 0;
                }
                yield BooleanColumn.of(rows, nulls, values);
            }
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield DecimalColumn.of(decimal, rows, nulls, longs(rows), decimal.fitsLong() ? null : longs(rows));
            }
            case STRING, BINARY, JSON -> {
                int[] offsets = offsets(rows);
                yield BytesColumn.of(type, rows, nulls, bytes(offsets[rows], 1).array(), offsets);
            }
            case LIST -> {
                ListType list = (ListType) type;
                int[] offsets = offsets(rows);
                yield ListColumn.of(list, rows, nulls, offsets, column(list.element(), offsets[rows]));
            }
        };
    }

    private NullBitmap nulls(int rows) throws IOException {
        if (in.readByte() == 0) {
            return NullBitmap.NONE;
        }
        return NullBitmap.of(longs(NullBitmap.wordsFor(rows)));
    }

    private long[] longs(int count) throws IOException {
        long[] values = new long[count];
        bytes(count, 8).asLongBuffer().get(values);
        return values;
    }

    private int[] ints(int count) throws IOException {
        int[] values = new int[count];
        bytes(count, 4).asIntBuffer().get(values);
        return values;
    }

    private int[] offsets(int rows) throws IOException {
        int[] sizes = ints(rows);
        int[] offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            offsets[row + 1] = Math.addExact(offsets[row], sizes[row]);
        }
        return offsets;
    }

    private ByteBuffer bytes(int count, int width) throws IOException {
        byte[] bytes = new byte[Math.multiplyExact(count, width)];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
