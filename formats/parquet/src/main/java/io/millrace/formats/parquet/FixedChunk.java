package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of INT32, INT64 or DOUBLE. Values pass through as long integers: doubles as their bits. */
final class FixedChunk extends FlatChunk {
    private static final int MOST_ENTRIES = 1 << 16;

    private final PrimitiveTypeName physical;
    private final ReusedBytes plain = new ReusedBytes();
    private final DictionaryIds ids = new DictionaryIds();
    private final LongDictionary dictionary;
    private boolean useDictionary;
    private boolean dictionaryUsed;
    private long[] values = new long[0];
    private int pageValues;
    private long smallest;
    private long largest;
    private boolean notANumber;
    private boolean everNotANumber;

    FixedChunk(ColumnDescriptor descriptor, PageWriter pages, boolean dictionary) {
        super(descriptor, pages);
        this.physical = descriptor.getPrimitiveType().getPrimitiveTypeName();
        this.useDictionary = dictionary;
        this.dictionary = dictionary ? new LongDictionary() : null;
    }

    private boolean isDouble() {
        return physical == PrimitiveTypeName.DOUBLE;
    }

    private int width() {
        return physical == PrimitiveTypeName.INT32 ? Integer.BYTES : Long.BYTES;
    }

    @Override
    void append(Column column, int from, int to) {
        int count = to - from;
        if (count == 0) {
            return;
        }
        load(column, from, count);
        if (isDouble()) {
            boundDoubles(count);
        } else {
            boundIntegers(count);
        }
        pageValues += count;
        if (useDictionary) {
            int[] places = ids.reserve(count);
            int end = ids.size();
            for (int i = 0; i < count; i++) {
                places[end + i] = dictionary.idOf(values[i]);
            }
            ids.added(count);
        } else {
            appendPlain(count);
        }
    }

    private void load(Column column, int from, int count) {
        if (values.length < count) {
            values = new long[count];
        }
        if (column instanceof LongColumn longs) {
            System.arraycopy(longs.values(), from, values, 0, count);
        } else if (column instanceof DecimalColumn decimals) {
            System.arraycopy(decimals.low(), from, values, 0, count);
        } else if (column instanceof IntColumn ints) {
            int[] source = ints.values();
            for (int i = 0; i < count; i++) {
                values[i] = source[from + i];
            }
        } else {
            double[] source = ((DoubleColumn) column).values();
            for (int i = 0; i < count; i++) {
                values[i] = Double.doubleToRawLongBits(source[from + i]);
            }
        }
    }

    private void boundIntegers(int count) {
        long low = pageValues == 0 ? values[0] : smallest;
        long high = pageValues == 0 ? values[0] : largest;
        for (int i = 0; i < count; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
        }
        smallest = low;
        largest = high;
    }

    /** Math.min and max put -0.0 below 0.0, and answer NaN once there is one. */
    private void boundDoubles(int count) {
        double low = Double.longBitsToDouble(pageValues == 0 ? values[0] : smallest);
        double high = Double.longBitsToDouble(pageValues == 0 ? values[0] : largest);
        for (int i = 0; i < count; i++) {
            double value = Double.longBitsToDouble(values[i]);
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        notANumber |= Double.isNaN(low);
        everNotANumber |= notANumber;
        smallest = Double.doubleToRawLongBits(low);
        largest = Double.doubleToRawLongBits(high);
    }

    private void appendPlain(int count) {
        ByteBuffer target = ByteBuffer.wrap(
                        plain.reserve(plain.size() + count * width()), plain.size(), count * width())
                .order(ByteOrder.LITTLE_ENDIAN);
        if (width() == Long.BYTES) {
            target.asLongBuffer().put(values, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                target.putInt((int) values[i]);
            }
        }
        plain.skip(count * width());
    }

    @Override
    int pageBytes() {
        return pageValues * width();
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
        if (pageValues == 0) {
            return;
        }
        if (notANumber) {
            // Readers take no bounds from it.
            statistics.updateStats(Double.NaN);
        } else if (isDouble()) {
            statistics.updateStats(Double.longBitsToDouble(smallest));
            statistics.updateStats(Double.longBitsToDouble(largest));
        } else if (width() == Long.BYTES) {
            statistics.updateStats(smallest);
            statistics.updateStats(largest);
        } else {
            statistics.updateStats((int) smallest);
            statistics.updateStats((int) largest);
        }
    }

    @Override
    void clearPage() {
        // A page of nulls alone is plain: there may be no dictionary to refer to.
        dictionaryUsed |= ids.size() > 0;
        // What the dictionary has no room for is written plain from the next page on.
        useDictionary &= dictionary != null && dictionary.size() <= MOST_ENTRIES;
        plain.clear();
        ids.clear();
        pageValues = 0;
        notANumber = false;
    }

    @Override
    boolean holdsNaN() {
        return everNotANumber;
    }

    @Override
    DictionaryPage dictionary() throws IOException {
        if (!dictionaryUsed || dictionary.size() == 0) {
            return null;
        }
        int size = dictionary.size();
        values = dictionary.values();
        plain.clear();
        appendPlain(size);
        return new DictionaryPage(plain.toBytesInput(), size, Encoding.PLAIN);
    }
}
