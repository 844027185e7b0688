package io.millrace.connectors.delta;

import io.millrace.api.MillraceException;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.util.Arrays;
import java.util.List;

/** The key of one row as bytes: equal exactly where the values are. Built anew for each row without allocation. One thread. */
final class KeyBytes {
    private byte[] bytes = new byte[64];
    private int size;

    /** A user error where values of this type do not tell rows apart for certain. */
    static void require(Field field) {
        switch (field.type().kind()) {
            case BOOLEAN, INT32, INT64, DECIMAL, STRING, BINARY, DATE, TIMESTAMP -> {}
            case FLOAT64, JSON, LIST -> throw MillraceException.user("upsert: key column '" + field.name() + "' is "
                    + field.type() + "; a key is of boolean, int32, int64, decimal, string, binary, date or timestamp");
        }
    }

    /** Takes the key of a row, none of whose values is null. */
    void set(List<Column> columns, int row) {
        size = 0;
        for (Column column : columns) {
            if (column instanceof LongColumn longs) {
                append(longs.get(row));
            } else if (column instanceof IntColumn ints) {
                append(ints.get(row));
            } else if (column instanceof BytesColumn texts) {
                append(texts.size(row));
                append(texts.data(), texts.offsets()[row], texts.size(row));
            } else if (column instanceof DecimalColumn decimals) {
                append(decimals.low()[row]);
                append(decimals.high() == null ? 0 : decimals.high()[row]);
            } else {
                append(((BooleanColumn) column).get(row) ? 1 : 0);
            }
        }
    }

    private void append(long value) {
        reserve(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void append(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }

    int size() {
        return size;
    }

    int hash() {
        return hash(bytes, 0, size);
    }

    static int hash(byte[] chunk, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + chunk[i];
        }
        // Consecutive numbers should not lie side by side: they would make long runs of taken slots.
        hash *= 0x9e3779b9;
        return hash ^ hash >>> 15;
    }

    boolean is(byte[] chunk, int from, int length) {
        return length == size && Arrays.equals(bytes, 0, size, chunk, from, from + length);
    }

    void copyTo(byte[] chunk, int from) {
        System.arraycopy(bytes, 0, chunk, from, size);
    }
}
