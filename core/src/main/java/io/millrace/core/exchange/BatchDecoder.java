package io.millrace.core.exchange;

import io.millrace.api.data.Batch;
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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link BatchEncoder} wrote. The bytes have been checked against their checksum before. */
public final class BatchDecoder {
    private BatchDecoder() {}

    /** @param bytes little-endian, at the beginning of a batch */
    public static Batch decode(Schema schema, ByteBuffer bytes) {
        int rows = bytes.getInt();
        List<Column> columns = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            columns.add(column(schema.field(i).type(), rows, bytes));
        }
        return Batch.of(schema, rows, columns, null);
    }

    private static Column column(DataType type, int rows, ByteBuffer bytes) {
        NullBitmap nulls = NullBitmap.of(longs(bytes.getInt(), bytes));
        return switch (type.kind()) {
            case INT64, TIMESTAMP -> LongColumn.of(type, rows, nulls, longs(rows, bytes));
            case INT32, DATE -> IntColumn.of(type, rows, nulls, ints(rows, bytes));
            case STRING, BINARY, JSON -> {
                int[] offsets = offsets(rows, bytes);
                byte[] data = new byte[offsets[rows]];
                bytes.get(data);
                yield BytesColumn.of(type, rows, nulls, data, offsets);
            }
            case FLOAT64 -> {
                double[] values = new double[rows];
                bytes.asDoubleBuffer().get(values);
                bytes.position(bytes.position() + 8 * rows);
                yield DoubleColumn.of(rows, nulls, values);
            }
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                long[] low = longs(rows, bytes);
                yield DecimalColumn.of(decimal, rows, nulls, low, decimal.fitsLong() ? null : longs(rows, bytes));
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = bytes.get() != 0;
                }
                yield BooleanColumn.of(rows, nulls, values);
            }
            case LIST -> {
                int[] offsets = offsets(rows, bytes);
                ListType list = (ListType) type;
                yield ListColumn.of(list, rows, nulls, offsets, column(list.element(), offsets[rows], bytes));
            }
        };
    }

    private static long[] longs(int count, ByteBuffer bytes) {
        long[] values = new long[count];
        bytes.asLongBuffer().get(values);
        bytes.position(bytes.position() + 8 * count);
        return values;
    }

    private static int[] ints(int count, ByteBuffer bytes) {
        int[] values = new int[count];
        bytes.asIntBuffer().get(values);
        bytes.position(bytes.position() + 4 * count);
        return values;
    }

    private static int[] offsets(int rows, ByteBuffer bytes) {
        int[] offsets = new int[rows + 1];
        bytes.asIntBuffer().get(offsets, 1, rows);
        bytes.position(bytes.position() + 4 * rows);
        return offsets;
    }
}
