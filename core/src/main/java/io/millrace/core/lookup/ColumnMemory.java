package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;

/** How much memory values take as columns. */
final class ColumnMemory {
    private ColumnMemory() {}

    /** The bytes of all rows, null flags not counted. */
    static long bytes(Column column) {
        return bytes(column, 0, column.length());
    }

    private static long bytes(Column column, int from, int to) {
        long rows = to - from;
        if (column instanceof BytesColumn text) {
            return 4 * rows + text.offsets()[to] - text.offsets()[from];
        } else if (column instanceof ListColumn lists) {
            return 4 * rows + bytes(lists.elements(), lists.offsets()[from], lists.offsets()[to]);
        } else if (column instanceof DecimalColumn decimals) {
            return (decimals.high() == null ? 8 : 16) * rows;
        } else if (column instanceof BooleanColumn) {
            return rows;
        }
        return (column instanceof IntColumn ? 4 : 8) * rows;
    }
}
