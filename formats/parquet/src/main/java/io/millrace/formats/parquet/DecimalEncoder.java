package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.NullBitmap;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/** Writes unscaled decimals as INT32, INT64 or big-endian bytes, by precision. */
abstract class DecimalEncoder extends ColumnEncoder {
    private DecimalEncoder(int present) {
        super(present);
    }

    static DecimalEncoder of(DecimalType type, int present) {
        if (type.precision() <= 9) {
            return new AsInt(present);
        }
        return type.fitsLong()
                ? new AsLong(present)
                : new AsBytes(ParquetTypes.decimalBytes(type.precision()), present);
    }

    @Override
    final void write(ColumnWriter out, Column column, int from, int to) {
        NullBitmap nulls = column.nulls();
        boolean nullable = nulls.any();
        for (int row = from; row < to; row++) {
            if (nullable && nulls.isNull(row)) {
                out.writeNull(0, 0);
            } else {
                writeElement(out, column, row, 0);
            }
        }
    }

    private static final class AsInt extends DecimalEncoder {
        AsInt(int present) {
            super(present);
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
            out.write((int) ((DecimalColumn) column).low()[row], repetition, present);
        }
    }

    private static final class AsLong extends DecimalEncoder {
        AsLong(int present) {
            super(present);
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
            out.write(((DecimalColumn) column).low()[row], repetition, present);
        }
    }

    private static final class AsBytes extends DecimalEncoder {
        private final byte[] bytes;

        AsBytes(int size, int present) {
            super(present);
            this.bytes = new byte[size];
        }

        @Override
        void writeElement(ColumnWriter out, Column column, int row, int repetition) {
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
            out.write(Binary.fromReusedByteArray(bytes), repetition, present);
        }
    }
}
