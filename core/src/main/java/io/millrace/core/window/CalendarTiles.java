package io.millrace.core.window;

import io.millrace.api.text.ZoneOffsets;
import java.time.ZoneId;

/** Tiles of whole days of a zone. They are counted from a Monday, so that seven days are a week of ISO-8601. */
final class CalendarTiles extends Tiles {
    private static final long MICROS_PER_SECOND = 1_000_000;
    /** 1970-01-05. */
    private static final long FIRST_MONDAY = 4;

    private final int days;
    private final ZoneOffsets offsets;

    CalendarTiles(int days, ZoneId zone) {
        this.days = days;
        this.offsets = new ZoneOffsets(zone);
    }

    @Override
    public long start(long number) {
        return offsets.startOfDay(number * days + FIRST_MONDAY) * MICROS_PER_SECOND;
    }

    @Override
    long find(long time) {
        long day = offsets.epochDay(Math.floorDiv(time, MICROS_PER_SECOND));
        return Math.floorDiv(day - FIRST_MONDAY, (long) days);
    }
}
