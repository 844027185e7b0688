package io.millrace.core.lookup;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.Arrays;

/** A growing column of text or bytes. */
final class GrowingBytes extends GrowingColumn {
    private byte[] data = new byte[0];
    private int[] offsets = new int[1];

    GrowingBytes(DataType type) {
        super(type);
    }

    @Override
    void reserve(int rows, long bytes) {
        offsets = rows < offsets.length ? offsets : Arrays.copyOf(offsets, rows + 1);
        data = bytes <= data.length ? data : Arrays.copyOf(data, Math.toIntExact(bytes));
    }

    @Override
    void appendValues(Column source, int from, int to, int first) {
        BytesColumn bytes = (BytesColumn) source;
        int[] places = bytes.offsets();
        int size = places[to] - places[from];
        makeRoom(first, size);
        System.arraycopy(bytes.data(), places[from], data, offsets[first], size);
        int distance = offsets[first] - places[from];
        for (int row = from; row < to; row++) {
            offsets[first + row - from + 1] = places[row + 1] + distance;
        }
    }

    @Override
    void appendPlaceholder(int place) {
        makeRoom(place, 0);
        offsets[place + 1] = offsets[place];
    }

    private void makeRoom(int first, int size) {
        if (length() >= offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, length() + 1L));
        }
        long needed = (long) offsets[first] + size;
        if (needed > data.length) {
            data = Arrays.copyOf(data, grown(data.length, needed));
        }
    }

    @Override
    BytesColumn column() {
        return BytesColumn.of(type(), length(), nullBitmap(), data, offsets);
    }
}
