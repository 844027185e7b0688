package io.millrace.core.transform.sessionize;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.window.SessionRule;
import java.util.Arrays;
import java.util.List;

/** What is known of each row, filled in by a walk along the events of each key in their order. One thread. */
final class SessionValues {
    private static final double MICROS = 1e6;

    private final List<SessionColumn> wanted;
    private final SessionRule rule;
    private final double[] sincePrevious;
    private final long[] firsts;
    private final long[] sessions;
    private final long[] events;
    private final long[] starts;
    private long session;
    private long event;
    private long start;
    private long previous;

    SessionValues(Sessionize step, int rows) {
        this.wanted = List.copyOf(step.add().values());
        this.rule = SessionRule.of(step.gap(), step.max());
        this.sincePrevious = new double[rows];
        this.firsts = new long[NullBitmap.wordsFor(rows)];
        this.sessions = new long[rows];
        this.events = new long[rows];
        this.starts = new long[rows];
    }

    /** Begins behind events that were walked along before. */
    void goOn(SessionPlace place) {
        session = place.session();
        event = place.event();
        start = place.start();
        previous = place.previous();
    }

    /** Where the walk has come to. */
    SessionPlace place() {
        return new SessionPlace(session, event, start, previous);
    }

    /** The next event in order. */
    void next(int row, long time, boolean firstOfKey) {
        if (firstOfKey) {
            session = 0;
            firsts[row >> 6] |= 1L << row;
        } else {
            sincePrevious[row] = (time - previous) / MICROS;
        }
        if (firstOfKey || !rule.continues(start, previous, time)) {
            session++;
            event = 0;
            start = time;
        }
        event++;
        previous = time;
        sessions[row] = session;
        events[row] = event;
        starts[row] = start;
    }

    /** The new columns for the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    List<Column> columns(int from, int to) {
        return wanted.stream()
                .map(column -> switch (column) {
                    case SECONDS_SINCE_PREVIOUS -> DoubleColumn.of(
                            to - from, nulls(from, to), Arrays.copyOfRange(sincePrevious, from, to));
                    case SESSION_INDEX -> longs(DataType.INT64, sessions, from, to);
                    case EVENT_INDEX -> longs(DataType.INT64, events, from, to);
                    case SESSION_START -> longs(DataType.TIMESTAMP, starts, from, to);
                })
                .toList();
    }

    private NullBitmap nulls(int from, int to) {
        long[] words = new long[NullBitmap.wordsFor(to - from)];
        for (int row = from; row < to; row++) {
            if ((firsts[row >> 6] & 1L << row) != 0) {
                words[row - from >> 6] |= 1L << row - from;
            }
        }
        return NullBitmap.of(words);
    }

    private static Column longs(DataType type, long[] values, int from, int to) {
        return LongColumn.of(type, to - from, NullBitmap.NONE, Arrays.copyOfRange(values, from, to));
    }
}
