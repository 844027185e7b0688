package io.millrace.formats.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.bytes.BytesInput;

/** A growing byte array that is filled again and again, so that pages leave no garbage. One thread. */
final class ReusedBytes extends OutputStream {
    private byte[] array = new byte[1 << 16];
    private int size;

    /** Replaces the content by these bytes. */
    void fill(BytesInput input) throws IOException {
        size = 0;
        reserve(Math.toIntExact(input.size()));
        input.writeAllTo(this);
    }

    void clear() {
        size = 0;
    }

    /** Makes room for this many bytes; the content is kept. */
    byte[] reserve(int capacity) {
        if (capacity > array.length) {
            array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(capacity, array.length * 2L)));
        }
        return array;
    }

    byte[] array() {
        return array;
    }

    /** Counts bytes that were put into the reserved array directly. */
    void skip(int count) {
        size += count;
    }

    /** The content, valid until it is changed. */
    BytesInput toBytesInput() {
        return BytesInput.from(array, 0, size);
    }

    int size() {
        return size;
    }

    @Override
    public void write(int value) {
        reserve(size + 1)[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        System.arraycopy(source, from, reserve(Math.addExact(size, length)), size, length);
        size += length;
    }
}
