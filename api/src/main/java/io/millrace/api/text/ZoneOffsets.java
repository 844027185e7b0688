package io.millrace.api.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * A zone's offsets from UTC. The times of a batch mostly lie between the same two changes of the clocks, so that the last
 * such interval is kept. One thread.
 */
public final class ZoneOffsets {
    /** What a local time that the clocks skip becomes. */
    public static final long SKIPPED = Long.MIN_VALUE;

    private static final int SECONDS_PER_DAY = 86_400;

    private final ZoneId zone;
    private final ZoneRules rules;
    private long localFrom = 1;
    private long localTo;
    private long instantFrom = 1;
    private long instantTo;
    private int localOffset;
    private int instantOffset;

    public ZoneOffsets(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /** The instant of a local time, both in seconds since 1970; the first of two, or SKIPPED. */
    public long toEpochSecond(long local) {
        if (local >= localFrom && local < localTo) {
            return local - localOffset;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        List<ZoneOffset> valid = rules.getValidOffsets(time);
        if (valid.isEmpty()) {
            return SKIPPED;
        }
        ZoneOffset offset = valid.get(0);
        if (valid.size() == 1) {
            keepAround(time.toInstant(offset), offset);
        }
        return local - offset.getTotalSeconds();
    }

    /** Keeps the local times between the changes of the clocks before and after, without those that occur twice. */
    private void keepAround(Instant instant, ZoneOffset offset) {
        // A change at this very instant is the one before.
        ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        localOffset = offset.getTotalSeconds();
        localFrom = before == null
                ? Long.MIN_VALUE + 1
                : before.toEpochSecond()
                        + Math.max(
                                before.getOffsetBefore().getTotalSeconds(),
                                before.getOffsetAfter().getTotalSeconds());
        localTo = after == null
                ? Long.MAX_VALUE
                : after.toEpochSecond()
                        + Math.min(
                                after.getOffsetBefore().getTotalSeconds(),
                                after.getOffsetAfter().getTotalSeconds());
    }

    /** The first instant of a day, which is not midnight where the clocks skip it. */
    public long startOfDay(long epochDay) {
        long second = toEpochSecond(epochDay * SECONDS_PER_DAY);
        return second != SKIPPED
                ? second
                : LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toEpochSecond();
    }

    /** The day of an instant in this zone, in days since 1970-01-01. */
    public long epochDay(long second) {
        return Math.floorDiv(second + offset(second), (long) SECONDS_PER_DAY);
    }

    /** By how many seconds the clocks of this zone are ahead of UTC at an instant. */
    public int offset(long second) {
        if (second < instantFrom || second >= instantTo) {
            Instant instant = Instant.ofEpochSecond(second);
            ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
            ZoneOffsetTransition after = rules.nextTransition(instant);
            instantFrom = before == null ? Long.MIN_VALUE : before.toEpochSecond();
            instantTo = after == null ? Long.MAX_VALUE : after.toEpochSecond();
            instantOffset = rules.getOffset(instant).getTotalSeconds();
        }
        return instantOffset;
    }

    @Override
    public String toString() {
        return zone.getId();
    }
}
