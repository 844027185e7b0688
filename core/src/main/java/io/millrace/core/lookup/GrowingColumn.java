package io.millrace.core.lookup;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.NullBitmap;
import java.util.Arrays;

/**
 * A column that values of other columns are appended to, and that can be read at any time. What {@link #column} returned
 * stays as it was. One thread at a time.
 */
abstract class GrowingColumn {
    private final DataType type;
    private long[] nulls = new long[0];
    private int length;

    GrowingColumn(DataType type) {
        this.type = type;
    }

    static GrowingColumn of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new GrowingNumbers.Booleans();
            case INT32, DATE -> new GrowingNumbers.Ints(type);
            case INT64, TIMESTAMP -> new GrowingNumbers.Longs(type);
            case FLOAT64 -> new GrowingNumbers.Doubles();
            case DECIMAL -> new GrowingNumbers.Decimals((DecimalType) type);
            case STRING, BINARY, JSON -> new GrowingBytes(type);
            case LIST -> new GrowingList((ListType) type);
        };
    }

    final DataType type() {
        return type;
    }

    final int length() {
        return length;
    }

    /** Appends the value of a row of a column of the same type. */
    final void append(Column source, int row) {
        appendRange(source, row, row + 1);
    }

    /** Appends the rows of a column of the same type from {@code from} (inclusive) to {@code to} (exclusive). */
    final void appendRange(Column source, int from, int to) {
        int first = length;
        length = Math.addExact(first, to - from);
        if (source.nulls().any()) {
            for (int row = from; row < to; row++) {
                if (source.isNull(row)) {
                    setNull(first + row - from);
                }
            }
        }
        appendValues(source, from, to, first);
    }

    final void appendAll(Column source) {
        appendRange(source, 0, source.length());
    }

    /** Appends a null. */
    final void appendNull() {
        setNull(length);
        length = Math.incrementExact(length);
        appendPlaceholder(length - 1);
    }

    private void setNull(int row) {
        int word = row >> 6;
        if (word >= nulls.length) {
            nulls = Arrays.copyOf(nulls, Math.max(word + 1, nulls.length * 2));
        }
        nulls[word] |= 1L << row;
    }

    /** Makes room for this many rows and, of text, bytes in all. */
    abstract void reserve(int rows, long bytes);

    /** Appends values, nulls' placeholders included, from place {@code first} on. */
    abstract void appendValues(Column source, int from, int to, int first);

    abstract void appendPlaceholder(int place);

    /** The values so far. */
    abstract Column column();

    /** Null flags of the values so far, which later appends leave alone. */
    final NullBitmap nullBitmap() {
        return NullBitmap.of(nulls);
    }

    /** A larger capacity that holds {@code needed}. */
    static int grown(int capacity, long needed) {
        if (needed > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("a column of a look-up exceeds 2 GiB");
        }
        return (int) Math.min(Math.max(Math.max(needed, capacity * 2L), 64), Integer.MAX_VALUE - 8);
    }
}
