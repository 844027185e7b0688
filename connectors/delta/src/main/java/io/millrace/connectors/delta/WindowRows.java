package io.millrace.connectors.delta;

import io.millrace.api.TimeWindow;
import io.millrace.api.data.Column;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Timestamps;
import java.time.Instant;

/** Which rows lie in a window. A row without a time lies in none. */
final class WindowRows {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final long start;
    private final long end;

    WindowRows(TimeWindow window) {
        start = window.start().map(WindowRows::roundedUp).orElse(Long.MIN_VALUE);
        end = window.end().map(WindowRows::roundedUp).orElse(Long.MAX_VALUE);
    }

    /** The first stored time that is not before it. */
    private static long roundedUp(Instant time) {
        long micros = Timestamps.toMicros(time);
        return time.getNano() % 1000 == 0 ? micros : micros + 1;
    }

    /** Keeps those of the first {@code count} rows that lie in it; how many are left. */
    int keep(Column time, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (!time.isNull(row)) {
                long micros = time instanceof LongColumn longs
                        ? longs.get(row)
                        : ((IntColumn) time).get(row) * MICROS_PER_DAY;
                if (micros >= start && micros < end) {
                    rows[kept++] = row;
                }
            }
        }
        return kept;
    }
}
