package io.millrace.core.keyed;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;

/** About how many bytes values take in memory. */
public final class Footprint {
    private static final int COLUMN = 64;

    private Footprint() {}

    /** The bytes of a batch's columns, those not asked for yet included. */
    public static long of(Batch batch) {
        long bytes = COLUMN;
        for (int i = 0; i < batch.schema().size(); i++) {
            bytes += of(batch.column(i), batch.rowCount());
        }
        return bytes;
    }

    private static long of(Column column, int rows) {
        long nulls = column.nulls().any() ? rows / 8 : 0;
        return COLUMN + nulls + values(column, rows);
    }

    private static long values(Column column, int rows) {
        if (column instanceof BytesColumn bytes) {
            return 4L * rows + bytes.offsets()[rows] - bytes.offsets()[0];
        }
        if (column instanceof ListColumn list) {
            int elements = list.offsets()[rows] - list.offsets()[0];
            return 4L * rows
                    + of(list.elements(), Math.min(elements, list.elements().length()));
        }
        if (column instanceof IntColumn) {
            return 4L * rows;
        }
        if (column instanceof BooleanColumn) {
            return rows;
        }
        return column instanceof DecimalColumn decimals && decimals.high() != null ? 16L * rows : 8L * rows;
    }
}
