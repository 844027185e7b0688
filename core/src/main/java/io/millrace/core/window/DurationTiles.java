package io.millrace.core.window;

/** Tiles of equal duration, counted from 1970-01-01T00:00:00Z. */
final class DurationTiles extends Tiles {
    private final long micros;

    DurationTiles(long micros) {
        this.micros = micros;
    }

    @Override
    public long start(long number) {
        return number * micros;
    }

    @Override
    long find(long time) {
        return Math.floorDiv(time, micros);
    }
}
