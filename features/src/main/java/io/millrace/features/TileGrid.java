package io.millrace.features;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Timestamps;
import io.millrace.core.window.Tiles;
import io.millrace.core.window.WindowLength;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The tiles of a view: consecutive stretches of time, numbered by whole numbers. A value as of T looks at the tiles that end
 * at or before T. Times are microseconds since 1970-01-01T00:00:00Z. One thread.
 */
public final class TileGrid {
    private final WindowLength length;
    private final ZoneId zone;
    private final Tiles tiles;

    private TileGrid(WindowLength length, ZoneId zone) {
        this.length = length;
        this.zone = zone;
        this.tiles = Tiles.of(length, zone);
    }

    /** The tiles of a grain that has any. */
    public static TileGrid of(Grain grain) {
        return new TileGrid(grain.tile().orElseThrow(() -> new IllegalArgumentException("no tiles")), grain.zone());
    }

    /** The tile that holds a time. */
    public long tile(long time) {
        return tiles.tile(time);
    }

    /** When a tile begins. */
    public long start(long tile) {
        return tiles.start(tile);
    }

    /** When a tile ends, which is the point in time that values over it are as of. */
    public long end(long tile) {
        return tiles.start(tile + 1);
    }

    /** The day that a tile of a day is. */
    public LocalDate day(long tile) {
        return Timestamps.toInstant(start(tile)).atZone(zone).toLocalDate();
    }

    /** The tile that ends at a point in time; a user error where none does. */
    public long endingAt(Instant asOf) {
        long micros = Timestamps.toMicros(asOf);
        long tile = tiles.tile(micros) - 1;
        if (end(tile) != micros) {
            throw MillraceException.user(
                    asOf + " is no point in time at which this view has values; the nearest before is "
                            + Timestamps.toInstant(end(tile))
                            + (length.calendar()
                                    ? ", the beginning of a day in " + zone
                                    : ", as its hop is " + length.duration()));
        }
        return tile;
    }

    /** The first tile of a window that ends with a tile. Days of a finer grid begin at the grid's point at or before. */
    public long first(WindowLength window, long last) {
        if (window.calendar() && !length.calendar()) {
            Instant from = Timestamps.toInstant(end(last))
                    .atZone(zone)
                    .minusDays(window.days())
                    .toInstant();
            return tiles.tile(Timestamps.toMicros(from));
        }
        return last + 1 - units(window) / units(length);
    }

    private static long units(WindowLength length) {
        return length.calendar() ? length.days() : length.duration().toNanos() / 1_000;
    }
}
