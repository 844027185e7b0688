package io.millrace.core.window;

import java.time.ZoneId;

/**
 * Time cut into consecutive tiles without gaps, numbered by whole numbers. Implementations keep the last tile found: one
 * thread.
 */
public abstract sealed class Tiles permits DurationTiles, CalendarTiles {
    private long tile;
    private long start = 1;
    private long end;

    /** Tiles of a length: of durations counted from 1970-01-01T00:00:00Z, of days from Monday, 1970-01-05 in the zone. */
    public static Tiles of(WindowLength length, ZoneId zone) {
        return of(length.units(), length.calendar(), zone);
    }

    static Tiles of(long units, boolean calendar, ZoneId zone) {
        return calendar ? new CalendarTiles((int) units, zone) : new DurationTiles(units);
    }

    /** The number of the tile that holds a time. */
    public final long tile(long time) {
        if (time < start || time >= end) {
            tile = find(time);
            start = start(tile);
            end = start(tile + 1);
        }
        return tile;
    }

    /** When a tile begins, which is when the one before ends. */
    public abstract long start(long number);

    abstract long find(long time);
}
