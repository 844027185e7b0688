package io.millrace.formats.parquet;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;

/** A column of STRING, JSON or BINARY, copied straight from the batch's bytes. */
final class BytesChunk extends FlatChunk {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_DICTIONARY_BYTES = 1 << 20;

    private final ReusedBytes plain = new ReusedBytes();
    private final DictionaryIds ids = new DictionaryIds();
    private final ByteBounds bounds = new ByteBounds();
    private final BytesDictionary dictionary;
    private boolean useDictionary;
    private boolean dictionaryUsed;
    private int rawBytes;

    BytesChunk(ColumnDescriptor descriptor, PageWriter pages, boolean dictionary) {
        super(descriptor, pages);
        this.useDictionary = dictionary;
        this.dictionary = dictionary ? new BytesDictionary() : null;
    }

    @Override
    void append(Column column, int from, int to) {
        BytesColumn bytes = (BytesColumn) column;
        byte[] data = bytes.data();
        int[] offsets = bytes.offsets();
        if (useDictionary) {
            int[] places = ids.reserve(to - from);
            int end = ids.size() - from;
            for (int row = from; row < to; row++) {
                places[end + row] = dictionary.idOf(data, offsets[row], offsets[row + 1]);
            }
            ids.added(to - from);
        } else {
            appendPlain(data, offsets, from, to);
            bounds.add(data, offsets, from, to);
        }
        rawBytes += offsets[to] - offsets[from] + Integer.BYTES * (to - from);
    }

    private void appendPlain(byte[] data, int[] offsets, int from, int to) {
        int place = plain.size();
        int added = offsets[to] - offsets[from] + Integer.BYTES * (to - from);
        byte[] target = plain.reserve(Math.addExact(place, added + Long.BYTES));
        for (int row = from; row < to; row++) {
            int start = offsets[row];
            int size = offsets[row + 1] - start;
            INT.set(target, place, size);
            WideBytes.copy(data, start, target, place + Integer.BYTES, size);
            place += Integer.BYTES + size;
        }
        plain.skip(added);
    }

    @Override
    int pageBytes() {
        return rawBytes;
    }

    @Override
    BytesInput pageValues() {
        return ids.size() > 0 ? ids.encode(dictionary.size()) : plain.toBytesInput();
    }

    @Override
    Encoding pageEncoding() {
        return ids.size() > 0 ? Encoding.RLE_DICTIONARY : Encoding.PLAIN;
    }

    @Override
    void addBounds(Statistics<?> statistics) {
        if (useDictionary) {
            dictionary.addTo(bounds);
        }
        bounds.addTo(statistics);
    }

    @Override
    void clearPage() {
        // A page of nulls alone is plain: there may be no dictionary to refer to.
        dictionaryUsed |= ids.size() > 0;
        // What the dictionary has no room for is written plain from the next page on.
        useDictionary &= dictionary != null && dictionary.bytes() <= MOST_DICTIONARY_BYTES;
        plain.clear();
        ids.clear();
        bounds.clear();
        rawBytes = 0;
    }

    @Override
    DictionaryPage dictionary() {
        return dictionaryUsed && dictionary.size() > 0
                ? new DictionaryPage(dictionary.plain(), dictionary.size(), Encoding.PLAIN)
                : null;
    }
}
