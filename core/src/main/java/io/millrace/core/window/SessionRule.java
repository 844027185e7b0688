package io.millrace.core.window;

import java.time.Duration;
import java.util.Optional;

/**
 * Which events of a key, looked at in the order of their times, make up a session: each comes less than the gap after the
 * one before, and less than the longest duration after the first one. What comes later begins the next session.
 *
 * <p>Without a longest duration, sessions of parts of the events may be merged where the gap between them is shorter.
 * With one they may not: where a session is cut depends on all events since the first, so that single points in time have to
 * be kept until all are known.
 *
 * @param gap microseconds
 * @param max microseconds; {@link Long#MAX_VALUE} without a longest duration
 */
public record SessionRule(long gap, long max) {
    /** A rule with durations of at least a microsecond. */
    public static SessionRule of(Duration gap, Optional<Duration> max) {
        return new SessionRule(
                gap.toNanos() / 1_000,
                max.map(longest -> longest.toNanos() / 1_000).orElse(Long.MAX_VALUE));
    }

    /** True where sessions of parts may be merged. */
    public boolean mergesParts() {
        return max == Long.MAX_VALUE;
    }

    /** Whether an event, or a part that begins at its time, still belongs to the session. */
    public boolean continues(long first, long last, long time) {
        // Differences of times as columns hold them may pass the range of a long; then they are larger than any gap.
        return within(last, time, gap) && (mergesParts() || within(first, time, max));
    }

    private static boolean within(long from, long to, long less) {
        long difference = to - from;
        return difference < less && difference >= 0 || to <= from;
    }

    /** When a session has ended: the gap after its last event, and at most the longest duration after the first. */
    public long end(long first, long last) {
        long end = last + gap;
        return mergesParts() ? end : Math.min(end, first + max);
    }
}
