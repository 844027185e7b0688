package io.millrace.connectors.http;

import io.millrace.api.TimeWindow;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Timestamps;
import java.time.Instant;

/** The window of a run, as it applies to a column of timestamps or dates (days begin in UTC). */
final class TimeFilter {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final int column;
    private final boolean days;
    private final long start;
    private final long end;

    TimeFilter(int column, DataType type, TimeWindow window) {
        this.column = column;
        this.days = type.kind() == DataType.Kind.DATE;
        this.start = window.start().map(TimeFilter::firstMicros).orElse(Long.MIN_VALUE);
        this.end = window.end().map(TimeFilter::firstMicros).orElse(Long.MAX_VALUE);
    }

    int column() {
        return column;
    }

    /** True where the row, whose time is not null, is in the window. */
    boolean holds(Column times, int row) {
        if (days) {
            long micros = ((IntColumn) times).get(row) * MICROS_PER_DAY;
            return micros >= start && micros < end;
        }
        long micros = ((LongColumn) times).get(row);
        return micros >= start && micros < end;
    }

    /** The first microsecond that is not before an instant. */
    private static long firstMicros(Instant instant) {
        return Timestamps.toMicros(instant) + (instant.getNano() % 1_000 == 0 ? 0 : 1);
    }
}
