package io.millrace.core.key;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The canonical bytes of a key: each value a tag for its type, or the null tag alone, then fixed-width numbers or a length
 * and bytes, so that no two different keys have the same bytes. -0.0 is 0.0, and every NaN the same. One thread.
 */
public final class KeyBytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte NULL = 0;

    private byte[] bytes = new byte[256];
    private int length;

    public void clear() {
        length = 0;
    }

    /** The bytes so far, of which {@link #length} count. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Appends a row's value of a column. */
    public void append(Column column, int row) {
        // A tag and the widest number.
        reserve(17);
        if (column.isNull(row)) {
            bytes[length++] = NULL;
            return;
        }
        switch (column.type().kind()) {
            case STRING -> appendBytes(1, (BytesColumn) column, row);
            case BINARY -> appendBytes(2, (BytesColumn) column, row);
            case JSON -> appendBytes(3, (BytesColumn) column, row);
            case INT64 -> appendLong(4, ((LongColumn) column).get(row));
            case TIMESTAMP -> appendLong(5, ((LongColumn) column).get(row));
            case INT32 -> appendInt(6, ((IntColumn) column).get(row));
            case DATE -> appendInt(7, ((IntColumn) column).get(row));
            case BOOLEAN -> {
                bytes[length++] = 8;
                bytes[length++] = (byte) (((BooleanColumn) column).get(row) ? 1 : 0);
            }
                // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits knows one NaN.
            case FLOAT64 -> appendLong(9, Double.doubleToLongBits(((DoubleColumn) column).get(row) + 0.0));
            case DECIMAL -> appendDecimal((DecimalColumn) column, row);
            case LIST -> appendList((ListColumn) column, row);
        }
    }

    private void appendDecimal(DecimalColumn column, int row) {
        long low = column.low()[row];
        appendLong(10, low);
        LONGS.set(bytes, length, column.high() == null ? low >> 63 : column.high()[row]);
        length += 8;
    }

    private void appendList(ListColumn column, int row) {
        int from = column.offsets()[row];
        int to = column.offsets()[row + 1];
        appendInt(11, to - from);
        for (int element = from; element < to; element++) {
            append(column.elements(), element);
        }
    }

    private void appendBytes(int tag, BytesColumn column, int row) {
        int size = column.size(row);
        reserve(5 + size);
        appendInt(tag, size);
        System.arraycopy(column.data(), column.offsets()[row], bytes, length, size);
        length += size;
    }

    private void appendInt(int tag, int value) {
        bytes[length] = (byte) tag;
        INTS.set(bytes, length + 1, value);
        length += 5;
    }

    private void appendLong(int tag, long value) {
        bytes[length] = (byte) tag;
        LONGS.set(bytes, length + 1, value);
        length += 9;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(length, more), (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
    }
}
