package io.millrace.core.measure;

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
 * The canonical bytes of values, one after the other. Compared as unsigned bytes they sort as the values do, column by
 * column: null first, numbers by size with NaN last, text by its UTF-8 bytes, lists element by element. Equal values of one
 * type have equal bytes: every NaN is the same, and -0.0 is 0.0 unless the sign is kept, where it comes first.
 * {@link OrderedBytesReader} reads them back. One thread.
 */
public final class OrderedBytes {
    static final byte NULL = 0;
    static final byte PRESENT = 1;
    /** Ends a list, where an element would begin with {@link #PRESENT}. */
    static final byte END = 0;
    /** Follows a zero byte that belongs to the text; a zero byte without it ends the text. */
    static final byte ESCAPE = (byte) 0xff;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final boolean keepsSignOfZero;
    private byte[] bytes = new byte[256];
    private int length;

    public OrderedBytes() {
        this(false);
    }

    OrderedBytes(boolean keepsSignOfZero) {
        this.keepsSignOfZero = keepsSignOfZero;
    }

    public void clear() {
        length = 0;
    }

    /** The bytes up to {@link #length()}; used again after {@link #clear()}. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Appends a row's value, or its null. */
    public void append(Column column, int row) {
        // A tag and the widest number.
        reserve(17);
        if (column.isNull(row)) {
            bytes[length++] = NULL;
            return;
        }
        bytes[length++] = PRESENT;
        switch (column.type().kind()) {
            case STRING, BINARY, JSON -> appendBytes((BytesColumn) column, row);
            case INT64, TIMESTAMP -> appendSigned(((LongColumn) column).get(row));
            case INT32, DATE -> {
                INTS.set(bytes, length, ((IntColumn) column).get(row) ^ Integer.MIN_VALUE);
                length += 4;
            }
            case BOOLEAN -> bytes[length++] = (byte) (((BooleanColumn) column).get(row) ? 1 : 0);
            case FLOAT64 -> {
                double value = ((DoubleColumn) column).get(row);
                appendSigned(keepsSignOfZero ? SortableDouble.toLongWithZeros(value) : SortableDouble.toLong(value));
            }
            case DECIMAL -> appendDecimal((DecimalColumn) column, row);
            case LIST -> appendList((ListColumn) column, row);
        }
    }

    /** Appends eight bytes that sort as the signed number. */
    void appendSigned(long value) {
        reserve(8);
        LONGS.set(bytes, length, value ^ Long.MIN_VALUE);
        length += 8;
    }

    /** Appends raw bytes. */
    void appendRaw(byte[] source, int from, int size) {
        reserve(size);
        System.arraycopy(source, from, bytes, length, size);
        length += size;
    }

    private void appendDecimal(DecimalColumn column, int row) {
        long low = column.low()[row];
        appendSigned(column.high() == null ? low >> 63 : column.high()[row]);
        reserve(8);
        LONGS.set(bytes, length, low);
        length += 8;
    }

    private void appendList(ListColumn column, int row) {
        for (int element = column.offsets()[row]; element < column.offsets()[row + 1]; element++) {
            reserve(1);
            bytes[length++] = PRESENT;
            append(column.elements(), element);
        }
        reserve(1);
        bytes[length++] = END;
    }

    private void appendBytes(BytesColumn column, int row) {
        int size = column.size(row);
        reserve(Math.addExact(Math.multiplyExact(size, 2), 2));
        byte[] data = column.data();
        int end = column.offsets()[row] + size;
        for (int at = column.offsets()[row]; at < end; at++) {
            byte value = data[at];
            bytes[length++] = value;
            if (value == 0) {
                bytes[length++] = ESCAPE;
            }
        }
        bytes[length++] = 0;
        bytes[length++] = 0;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(length, more), (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
    }
}
