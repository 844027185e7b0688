package io.millrace.connectors.files;

import io.millrace.api.TimeWindow;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Selection;
import io.millrace.api.data.Timestamps;
import io.millrace.formats.parquet.RowGroupSummary;
import java.time.Instant;

/**
 * A stretch of time in microseconds since 1970, which are days' beginnings for dates.
 *
 * @param from inclusive; the least long where it is unbounded
 * @param to exclusive; the greatest long where it is unbounded
 */
record MicrosWindow(long from, long to) {
    static final MicrosWindow ALL = new MicrosWindow(Long.MIN_VALUE, Long.MAX_VALUE);

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    static MicrosWindow of(TimeWindow window) {
        return new MicrosWindow(
                window.start().map(MicrosWindow::ceiling).orElse(Long.MIN_VALUE),
                window.end().map(MicrosWindow::ceiling).orElse(Long.MAX_VALUE));
    }

    /** The first microsecond that is not before the instant: right for both kinds of bound. */
    private static long ceiling(Instant bound) {
        return Timestamps.toMicros(bound) + (bound.getNano() % 1000 == 0 ? 0 : 1);
    }

    boolean isAll() {
        return equals(ALL);
    }

    boolean contains(long micros) {
        return micros >= from && (micros < to || to == Long.MAX_VALUE);
    }

    /** The rows of a timestamp or date column that lie in it, without those that have no time. */
    Selection rows(Column column) {
        int[] rows = new int[column.length()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (!column.nulls().isNull(row) && contains(micros(column, row))) {
                rows[count++] = row;
            }
        }
        return Selection.of(rows, count);
    }

    private static long micros(Column column, int row) {
        return column instanceof LongColumn times
                ? times.get(row)
                : ((IntColumn) column).values()[row] * MICROS_PER_DAY;
    }

    /** False where the footer says that no row of a group lies in it. */
    boolean mayContain(RowGroupSummary group, DataType type) {
        if (group.smallest().isEmpty() || group.largest().isEmpty()) {
            boolean allNull = group.nulls().isPresent() && group.nulls().getAsLong() == group.rows();
            return !allNull;
        }
        long unit = type.kind() == DataType.Kind.DATE ? MICROS_PER_DAY : 1;
        boolean before = to != Long.MAX_VALUE && group.smallest().get() * unit >= to;
        return !before && group.largest().get() * unit >= from;
    }
}
