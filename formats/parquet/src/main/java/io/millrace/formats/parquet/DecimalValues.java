package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Writes unscaled decimals as INT32, INT64 or big-endian bytes, by precision. */
final class DecimalValues implements ColumnEncoder.ValueWriter {
    private final byte[] bytes;

    private DecimalValues(int size) {
        this.bytes = new byte[size];
    }

    static ColumnEncoder.ValueWriter of(DecimalType type) {
        if (type.precision() <= ParquetTypes.MOST_INT_DIGITS) {
            return (out, column, row, repetition, definition) ->
                    out.write((int) ((DecimalColumn) column).low()[row], repetition, definition);
        } else if (type.fitsLong()) {
            return (out, column, row, repetition, definition) ->
                    out.write(((DecimalColumn) column).low()[row], repetition, definition);
        }
        return new DecimalValues(ParquetTypes.decimalBytes(type.precision()));
    }

    @Override
    public void write(ColumnWriter out, Column column, int row, int repetition, int definition) {
        DecimalColumn decimals = (DecimalColumn) column;
        long word = decimals.low()[row];
        int last = bytes.length - 1;
        for (int i = 0; i <= last; i++) {
            if (i == Long.BYTES) {
                word = decimals.high()[row];
            }
            bytes[last - i] = (byte) word;
            word >>= Byte.SIZE;
        }
        out.write(Binary.fromReusedByteArray(bytes), repetition, definition);
    }
}
