package io.millrace.formats.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** The dictionary ids of the page under way. One thread. */
final class DictionaryIds {
    private int[] ids = new int[1024];
    private int size;

    int size() {
        return size;
    }

    /** The array, with room for this many ids from {@link #size} on. */
    int[] reserve(int more) {
        if (ids.length - size < more) {
            ids = Arrays.copyOf(ids, Math.max(size + more, ids.length * 2));
        }
        return ids;
    }

    void added(int count) {
        size += count;
    }

    void clear() {
        size = 0;
    }

    /** Bit width, then the ids bit-packed or as runs. */
    BytesInput encode(int dictionarySize) {
        int width = BytesUtils.getWidthFromMaxInt(Math.max(0, dictionarySize - 1));
        RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(
                width, 1024, ColumnChunk.PAGE_BYTES, HeapByteBufferAllocator.getInstance());
        try {
            for (int i = 0; i < size; i++) {
                encoder.writeInt(ids[i]);
            }
            return BytesInput.concat(BytesInput.from(new byte[] {(byte) width}), encoder.toBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
