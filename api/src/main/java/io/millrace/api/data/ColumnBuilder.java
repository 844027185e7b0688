package io.millrace.api.data;

import java.util.Objects;

/**
 * Collects the values of one column. One thread. {@link #build()} hands the values over and starts the next column.
 *
 * <p>Typed append methods are on the subclasses, which {@link #of} picks by type: decoders cast once and append
 * primitives.
 */
public abstract sealed class ColumnBuilder
        permits BooleanColumn.Builder,
                IntColumn.Builder,
                LongColumn.Builder,
                DoubleColumn.Builder,
                DecimalColumn.Builder,
                BytesColumn.Builder,
                ListColumn.Builder {
    static final int INITIAL_CAPACITY = 1024;

    final DataType type;
    final NullBitmap.Builder nulls = new NullBitmap.Builder();
    int length;

    ColumnBuilder(DataType type) {
        this.type = Objects.requireNonNull(type, "type");
    }

    /** A builder for columns of this type. */
    public static ColumnBuilder of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanColumn.Builder();
            case INT32, DATE -> new IntColumn.Builder(type);
            case INT64, TIMESTAMP -> new LongColumn.Builder(type);
            case FLOAT64 -> new DoubleColumn.Builder();
            case DECIMAL -> new DecimalColumn.Builder((DataType.DecimalType) type);
            case STRING, BINARY, JSON -> new BytesColumn.Builder(type);
            case LIST -> new ListColumn.Builder((DataType.ListType) type);
        };
    }

    public final DataType type() {
        return type;
    }

    /** How many values have been appended since the last {@link #build()}. */
    public final int length() {
        return length;
    }

    /** Appends a null. */
    public final void appendNull() {
        nulls.setNull(length);
        appendPlaceholder();
    }

    /**
     * Appends a value given as the Java object that {@link DataType} names for this kind, or null. Integer widths and
     * text are not converted: another class is an IllegalArgumentException that names both.
     */
    public final void append(Object value) {
        if (value == null) {
            appendNull();
        } else if (!appendObject(value)) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getSimpleName() + " is not a value of type " + type);
        }
    }

    /** Forgets the values from {@code newLength} on: a decoder takes back a row whose later cell was bad. */
    public final void truncate(int newLength) {
        if (newLength <= length) {
            nulls.truncate(newLength);
            length = newLength;
            truncated();
        }
    }

    void truncated() {}

    /** The column of what was appended; this builder is then empty and may be used again. */
    public abstract Column build();

    /** Appends any value under a null flag already set. */
    abstract void appendPlaceholder();

    /** Appends the object, or returns false where its class is not the one of this type. */
    abstract boolean appendObject(Object value);

    final NullBitmap buildNulls() {
        length = 0;
        return nulls.build();
    }

    static int grown(int capacity) {
        if (capacity == Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("a column of one batch exceeds 2 GiB");
        }
        return capacity < INITIAL_CAPACITY ? INITIAL_CAPACITY : (int) Math.min(capacity * 2L, Integer.MAX_VALUE - 8);
    }
}
