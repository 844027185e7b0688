package io.millrace.api.data;

import java.util.Objects;

/**
 * The values of one column of a batch. Immutable; the arrays that subclasses hand out must not be changed.
 *
 * <p>Arrays may be longer than {@link #length()}; what lies beyond, and the value behind a null, is unspecified.
 */
public abstract sealed class Column
        permits BooleanColumn, IntColumn, LongColumn, DoubleColumn, DecimalColumn, BytesColumn, ListColumn {
    private final DataType type;
    private final int length;
    private final NullBitmap nulls;

    Column(DataType type, int length, NullBitmap nulls) {
        this.type = Objects.requireNonNull(type, "type");
        this.length = length;
        this.nulls = Objects.requireNonNull(nulls, "nulls");
    }

    public final DataType type() {
        return type;
    }

    public final int length() {
        return length;
    }

    public final NullBitmap nulls() {
        return nulls;
    }

    public final boolean isNull(int row) {
        return nulls.isNull(row);
    }

    /** The value as the Java object that {@link DataType} names for its kind, or null. Slow: not for hot loops. */
    public final Object value(int row) {
        Objects.checkIndex(row, length);
        return isNull(row) ? null : object(row);
    }

    abstract Object object(int row);

    /** Only the selected rows, copied. */
    public abstract Column select(Selection selection);

    static IllegalArgumentException wrongType(Class<?> column, DataType type) {
        return new IllegalArgumentException(column.getSimpleName() + " cannot hold " + type);
    }
}
