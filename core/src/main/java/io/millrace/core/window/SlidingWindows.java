package io.millrace.core.window;

import java.time.ZoneId;

/**
 * Windows of one size that begin at every multiple of a step; with a step of the same size they tumble. Rows are counted
 * once, in the tile that holds them, and each window adds up its tiles. A window is named by the number of its first tile.
 * One thread.
 */
public final class SlidingWindows {
    private final Tiles tiles;
    private final long size;
    private final long step;

    private SlidingWindows(Tiles tiles, long size, long step) {
        this.tiles = tiles;
        this.size = size;
        this.step = step;
    }

    /** Windows next to each other. */
    public static SlidingWindows tumbling(WindowLength size, ZoneId zone) {
        return sliding(size, size, zone);
    }

    /**
     * Windows that overlap.
     *
     * @param every of the same kind as the size, and not longer
     */
    public static SlidingWindows sliding(WindowLength size, WindowLength every, ZoneId zone) {
        if (size.calendar() != every.calendar() || every.units() > size.units()) {
            throw new IllegalArgumentException(every + " is no step for " + size);
        }
        long tile = greatestCommonDivisor(size.units(), every.units());
        return new SlidingWindows(Tiles.of(tile, size.calendar(), zone), size.units() / tile, every.units() / tile);
    }

    private static long greatestCommonDivisor(long one, long other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }

    /** The tile that holds a time. */
    public long tile(long time) {
        return tiles.tile(time);
    }

    /** True where a tile is a window by itself. */
    public boolean tumbling() {
        return size == 1 && step == 1;
    }

    /** The most windows that a tile belongs to. */
    public int windowsPerTile() {
        return Math.toIntExact((size + step - 1) / step);
    }

    /** The n-th last window that a tile may belong to, counted from 0; see {@link #holds}. */
    public long window(long tile, int n) {
        return (Math.floorDiv(tile, step) - n) * step;
    }

    /** Whether a tile lies in a window. */
    public boolean holds(long window, long tile) {
        return window <= tile && tile < window + size;
    }

    /** When a window begins. */
    public long start(long window) {
        return tiles.start(window);
    }

    /** When a window has ended. */
    public long end(long window) {
        return tiles.start(window + size);
    }

    /** When the first window that holds a tile has ended. */
    public long firstEnd(long tile) {
        int n = windowsPerTile() - 1;
        while (!holds(window(tile, n), tile)) {
            n--;
        }
        return end(window(tile, n));
    }
}
