package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.text.DateTimeText;
import io.millrace.api.text.ZoneOffsets;
import java.time.ZoneId;

/**
 * Text to an instant. An offset in the text decides; else the zone does. Of a local time that occurs twice the first is
 * meant; one that is skipped is refused. A date alone is its first instant.
 */
final class TextToTimestamp extends TextConversion<LongColumn.Builder> {
    static final int SECONDS_PER_DAY = 86_400;
    static final long MICROS_PER_SECOND = 1_000_000;

    private final DateTimePattern pattern;
    private final DateTimeText reader;
    private final ZoneOffsets zone;

    TextToTimestamp(DateTimePattern pattern, ZoneId zone) {
        super(DataType.TIMESTAMP);
        this.pattern = pattern;
        this.reader = pattern.reader();
        this.zone = new ZoneOffsets(zone);
    }

    @Override
    String read(byte[] text, int from, int to) {
        if (!reader.read(text, from, to)) {
            return "is not a timestamp" + pattern.written();
        }
        long local = reader.epochDay() * SECONDS_PER_DAY + reader.secondOfDay();
        long second;
        if (reader.hasOffset()) {
            second = local - reader.offsetSeconds();
        } else if (!reader.hasTime()) {
            second = zone.startOfDay(reader.epochDay());
        } else {
            second = zone.toEpochSecond(local);
            if (second == ZoneOffsets.SKIPPED) {
                return "does not exist in " + zone + " (clocks were put forward)";
            }
        }
        out.append(second * MICROS_PER_SECOND + reader.nanos() / 1_000);
        return null;
    }
}
