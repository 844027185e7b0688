package io.millrace.api.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A column of STRING or JSON (valid UTF-8) or BINARY: row {@code i} is {@code data[offsets[i] .. offsets[i + 1])}. A null
 * row is empty.
 */
public final class BytesColumn extends Column {
    private final byte[] data;
    private final int[] offsets;

    private BytesColumn(DataType type, int length, NullBitmap nulls, byte[] data, int[] offsets) {
        super(type, length, nulls);
        this.data = data;
        this.offsets = offsets;
    }

    /** Takes over the arrays; {@code offsets} holds at least {@code length + 1} ascending places of {@code data}. */
    public static BytesColumn of(DataType type, int length, NullBitmap nulls, byte[] data, int[] offsets) {
        return switch (type.kind()) {
            case STRING, BINARY, JSON -> new BytesColumn(type, length, nulls, data, offsets);
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, DATE, TIMESTAMP, LIST -> throw wrongType(
                    BytesColumn.class, type);
        };
    }

    /** The bytes of all rows; must not be changed. */
    public byte[] data() {
        return data;
    }

    /** Where each row starts; must not be changed. */
    public int[] offsets() {
        return offsets;
    }

    /** The number of bytes of a row. */
    public int size(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** A row's bytes as text. */
    public String text(int row) {
        return new String(data, offsets[row], size(row), StandardCharsets.UTF_8);
    }

    @Override
    Object object(int row) {
        return type().kind() == DataType.Kind.BINARY
                ? Arrays.copyOfRange(data, offsets[row], offsets[row + 1])
                : text(row);
    }

    @Override
    public BytesColumn select(Selection selection) {
        int count = selection.count();
        int[] selectedOffsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            selectedOffsets[i + 1] = selectedOffsets[i] + size(selection.row(i));
        }
        byte[] selected = new byte[selectedOffsets[count]];
        for (int place = 0; place < count; ) {
            int end = selection.runEnd(place);
            int from = offsets[selection.row(place)];
            System.arraycopy(
                    data, from, selected, selectedOffsets[place], selectedOffsets[end] - selectedOffsets[place]);
            place = end;
        }
        return new BytesColumn(type(), count, nulls().select(selection), selected, selectedOffsets);
    }

    /** Builds a {@link BytesColumn}. STRING and JSON bytes must be valid UTF-8; whoever appends them has checked. */
    public static final class Builder extends ColumnBuilder {
        private byte[] data = new byte[INITIAL_CAPACITY * 8];
        private int[] offsets = new int[INITIAL_CAPACITY + 1];

        Builder(DataType type) {
            super(type);
        }

        public void append(byte[] source, int from, int size) {
            reserve(size);
            System.arraycopy(source, from, data, offsets[length], size);
            close(size);
        }

        public void append(byte[] source) {
            append(source, 0, source.length);
        }

        public void append(String text) {
            append(text.getBytes(StandardCharsets.UTF_8));
        }

        private void reserve(int size) {
            int needed = Math.addExact(offsets[length], size);
            if (needed > data.length) {
                int capacity = data.length;
                while (capacity < needed) {
                    capacity = grown(capacity);
                }
                data = Arrays.copyOf(data, capacity);
            }
        }

        private void close(int size) {
            if (length + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(offsets.length));
            }
            offsets[length + 1] = offsets[length] + size;
            length++;
        }

        @Override
        void appendPlaceholder() {
            close(0);
        }

        @Override
        boolean appendObject(Object value) {
            if (type.kind() == DataType.Kind.BINARY) {
                if (value instanceof byte[] bytes) {
                    append(bytes);
                    return true;
                }
            } else if (value instanceof String text) {
                append(text);
                return true;
            }
            return false;
        }

        @Override
        public BytesColumn build() {
            int built = length;
            byte[] builtData = data;
            int[] builtOffsets = offsets;
            // Batches differ a little in size: some spare room saves the next one from growing.
            data = new byte[Math.max((int) Math.min(offsets[built] * 5L / 4, Integer.MAX_VALUE - 8), INITIAL_CAPACITY)];
            offsets = new int[Math.max(built, INITIAL_CAPACITY) + 1];
            return new BytesColumn(type, built, buildNulls(), builtData, builtOffsets);
        }
    }
}
