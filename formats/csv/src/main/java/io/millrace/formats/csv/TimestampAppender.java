package io.millrace.formats.csv;

import io.millrace.api.data.LongColumn;
import io.millrace.api.text.IsoDateTime;
import io.millrace.api.text.ZoneOffsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Points in time in ISO-8601, with an offset or in the column's zone. */
final class TimestampAppender extends CellAppender {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final LongColumn.Builder out;
    private final ZoneOffsets zone;
    private final IsoDateTime text = new IsoDateTime();

    TimestampAppender(Optional<ZoneId> zone, LongColumn.Builder out) {
        super(out);
        this.zone = new ZoneOffsets(zone.orElse(ZoneOffset.UTC));
        this.out = out;
    }

    @Override
    String append(byte[] bytes, int from, int to) {
        if (!text.read(bytes, from, to)) {
            return "is not a timestamp written in ISO-8601";
        }
        long local = text.epochDay() * SECONDS_PER_DAY + text.secondOfDay();
        long second;
        if (text.hasOffset()) {
            second = local - text.offsetSeconds();
        } else if (!text.hasTime()) {
            second = zone.startOfDay(text.epochDay());
        } else {
            second = zone.toEpochSecond(local);
            if (second == ZoneOffsets.SKIPPED) {
                return "does not exist in " + zone + " (clocks were put forward)";
            }
        }
        out.append(second * MICROS_PER_SECOND + text.nanos() / 1_000);
        return null;
    }
}
