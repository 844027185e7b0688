package io.millrace.core.measure;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what {@link OrderedBytes} wrote; the reader knows the types. One thread. */
final class OrderedBytesReader {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] data = new byte[0];
    private byte[] plain = new byte[64];
    private int at;
    private int end;

    OrderedBytesReader over(byte[] bytes, int from, int to) {
        data = bytes;
        at = from;
        end = to;
        return this;
    }

    boolean hasMore() {
        return at < end;
    }

    int position() {
        return at;
    }

    /** Appends the next value, or null, to a builder of its type. */
    void read(ColumnBuilder into) {
        if (data[at++] == OrderedBytes.NULL) {
            into.appendNull();
            return;
        }
        switch (into.type().kind()) {
            case STRING, BINARY, JSON -> {
                int size = unescape();
                ((BytesColumn.Builder) into).append(plain, 0, size);
            }
            case INT64, TIMESTAMP -> ((LongColumn.Builder) into).append(signed());
            case INT32, DATE -> {
                ((IntColumn.Builder) into).append((int) INTS.get(data, at) ^ Integer.MIN_VALUE);
                at += 4;
            }
            case BOOLEAN -> ((BooleanColumn.Builder) into).append(data[at++] != 0);
            case FLOAT64 -> ((DoubleColumn.Builder) into).append(SortableDouble.toDouble(signed()));
            case DECIMAL -> {
                long high = signed();
                ((DecimalColumn.Builder) into).appendUnscaled(high, (long) LONGS.get(data, at));
                at += 8;
            }
            case LIST -> {
                ListColumn.Builder list = (ListColumn.Builder) into;
                while (data[at++] == OrderedBytes.PRESENT) {
                    read(list.elements());
                }
                list.endRow();
            }
        }
    }

    /** Passes over the next value. */
    void skip(DataType type) {
        if (data[at++] == OrderedBytes.NULL) {
            return;
        }
        switch (type.kind()) {
            case STRING, BINARY, JSON -> {
                while (data[at] != 0 || data[at + 1] == OrderedBytes.ESCAPE) {
                    at += data[at] == 0 ? 2 : 1;
                }
                at += 2;
            }
            case INT64, TIMESTAMP, FLOAT64 -> at += 8;
            case INT32, DATE -> at += 4;
            case BOOLEAN -> at += 1;
            case DECIMAL -> at += 16;
            case LIST -> {
                while (data[at++] == OrderedBytes.PRESENT) {
                    skip(((ListType) type).element());
                }
            }
        }
    }

    /** The next eight bytes as the number that {@link OrderedBytes#appendSigned} wrote. */
    long signed() {
        long value = (long) LONGS.get(data, at) ^ Long.MIN_VALUE;
        at += 8;
        return value;
    }

    private int unescape() {
        int size = 0;
        while (true) {
            byte value = data[at++];
            if (value == 0 && data[at++] != OrderedBytes.ESCAPE) {
                return size;
            }
            if (size == plain.length) {
                plain = Arrays.copyOf(plain, size * 2);
            }
            plain[size++] = value;
        }
    }
}
