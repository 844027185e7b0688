package io.millrace.features;

import io.millrace.core.window.WindowLength;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** The points in time at which a view has values, and the tiles that its events are counted in between. */
public sealed interface Grain {
    /** The zone whose calendar lengths in days go by. */
    ZoneId zone();

    /** The length of a tile; empty for sessions, which have none. */
    Optional<WindowLength> tile();

    /** {@code per: day}: a value for each day of the calendar, as of its end. */
    record Days(ZoneId zone) implements Grain {
        @Override
        public Optional<WindowLength> tile() {
            return Optional.of(WindowLength.ofDays(1));
        }
    }

    /** {@code hop: 5m}: values as of every multiple of a duration since 1970-01-01T00:00:00Z. */
    record Hops(Duration length, ZoneId zone) implements Grain {
        @Override
        public Optional<WindowLength> tile() {
            return Optional.of(WindowLength.of(length));
        }
    }

    /**
     * {@code sessions}: a value for each session of an entity, from an event until so long nothing happens, or so long after
     * the first one.
     */
    record Sessions(Duration gap, Duration max, ZoneId zone) implements Grain {
        @Override
        public Optional<WindowLength> tile() {
            return Optional.empty();
        }
    }
}
