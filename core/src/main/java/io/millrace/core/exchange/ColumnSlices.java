package io.millrace.core.exchange;

import io.millrace.api.data.Column;
import io.millrace.api.data.Selection;

/** Consecutive rows of a column. */
final class ColumnSlices {
    private ColumnSlices() {}

    static Column slice(Column column, int from, int to) {
        return from == 0 && to == column.length() ? column : column.select(Selection.range(from, to));
    }
}
