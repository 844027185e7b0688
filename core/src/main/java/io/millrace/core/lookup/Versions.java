package io.millrace.core.lookup;

import io.millrace.api.data.Column;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/**
 * The versions of each key, oldest first: those of key number k are at the places {@code starts[k]} to
 * {@code starts[k + 1]}. Times are microseconds, or days. Immutable.
 */
final class Versions {
    private final int[] starts;
    private final long[] from;
    private final long[] to;
    private final long tolerance;

    /** @param to null where each version holds until the next one */
    Versions(int[] starts, long[] from, long[] to, long tolerance) {
        this.starts = starts;
        this.from = from;
        this.to = to;
        this.tolerance = tolerance;
    }

    /** The place of the newest version of a key that began at a time or before, unless it has ended or is too old: -1. */
    int at(int key, long time) {
        int low = starts[key];
        int high = starts[key + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int place = low - 1;
        if (place < starts[key] || to != null && time >= to[place]) {
            return -1;
        }
        long age = time - from[place];
        // An age that overflows is negative, and older than anything tolerated.
        return tolerance < Long.MAX_VALUE && (age < 0 || age > tolerance) ? -1 : place;
    }

    /** A column of dates or timestamps as numbers; {@code ofNull} in place of nulls. */
    static long[] times(Column column, int count, long ofNull) {
        long[] times = new long[count];
        for (int row = 0; row < count; row++) {
            times[row] = column.isNull(row)
                    ? ofNull
                    : column instanceof LongColumn micros ? micros.get(row) : ((IntColumn) column).get(row);
        }
        return times;
    }
}
