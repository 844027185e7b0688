package io.millrace.formats.parquet;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.NullBitmap;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes STRING, JSON and BINARY straight from the batch's bytes. They are declared as reused, so that dictionary and
 * statistics copy the few values they keep instead of holding whole batches.
 */
final class BytesEncoder extends ColumnEncoder {
    BytesEncoder(int present) {
        super(present);
    }

    @Override
    void write(ColumnWriter out, Column column, int from, int to) {
        BytesColumn bytes = (BytesColumn) column;
        byte[] data = bytes.data();
        int[] offsets = bytes.offsets();
        NullBitmap nulls = column.nulls();
        boolean nullable = nulls.any();
        for (int row = from; row < to; row++) {
            if (nullable && nulls.isNull(row)) {
                out.writeNull(0, 0);
            } else {
                int start = offsets[row];
                out.write(Binary.fromReusedByteArray(data, start, offsets[row + 1] - start), 0, present);
            }
        }
    }

    @Override
    void writeElement(ColumnWriter out, Column column, int row, int repetition) {
        BytesColumn bytes = (BytesColumn) column;
        out.write(Binary.fromReusedByteArray(bytes.data(), bytes.offsets()[row], bytes.size(row)), repetition, present);
    }
}
