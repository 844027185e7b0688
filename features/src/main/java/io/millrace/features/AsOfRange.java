package io.millrace.features;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Timestamps;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * For which points in time a view is computed: those T of its grain with after &lt; T ≤ until, which is for each tile in
 * [after, until) as of its end. Of sessions, those that end then.
 */
public record AsOfRange(Instant after, Instant until) {
    public AsOfRange {
        if (!after.isBefore(until)) {
            throw MillraceException.user("there is no point in time from " + after + " to " + until
                    + "; the end must be later than the start");
        }
    }

    /** One point in time; a user error where the view has no values then. */
    public static AsOfRange asOf(FeatureView view, Instant asOf) {
        if (view.grain() instanceof Grain.Sessions) {
            throw MillraceException.user(
                    "a view of sessions has no values as of a point in time; give --start and --end, between which sessions end");
        }
        TileGrid grid = TileGrid.of(view.grain());
        return new AsOfRange(Timestamps.toInstant(grid.start(grid.endingAt(asOf))), asOf);
    }

    /** The tiles of a stretch of time; a user error where it does not begin and end with tiles. */
    public static AsOfRange between(FeatureView view, Instant start, Instant end) {
        if (!(view.grain() instanceof Grain.Sessions)) {
            TileGrid grid = TileGrid.of(view.grain());
            grid.endingAt(start);
            grid.endingAt(end);
        }
        return new AsOfRange(start, end);
    }

    /** A day of the view's zone: as of its end. A user error where the view is not of days. */
    public static AsOfRange day(FeatureView view, LocalDate day) {
        if (!(view.grain() instanceof Grain.Days days)) {
            throw MillraceException.user("a date is for views per: day; give a point in time");
        }
        return new AsOfRange(
                day.atStartOfDay(days.zone()).toInstant(),
                day.plusDays(1).atStartOfDay(days.zone()).toInstant());
    }

    /** The first tile as of whose end the view is computed. */
    public long first(TileGrid grid) {
        return grid.tile(Timestamps.toMicros(after));
    }

    /** The last of these tiles. */
    public long last(TileGrid grid) {
        return grid.endingAt(until);
    }

    /** The events that are needed: from the beginning of the longest window of the first point in time. */
    public TimeWindow events(FeatureView view) {
        Instant from;
        if (view.grain() instanceof Grain.Sessions sessions) {
            from = after.minus(sessions.max()).minus(sessions.gap());
        } else {
            TileGrid grid = TileGrid.of(view.grain());
            from = Timestamps.toInstant(grid.start(BoundFeatures.firstTile(view, grid, first(grid))));
        }
        return from(view, from);
    }

    /** The events that the tiles of its own days are counted from. */
    public TimeWindow eventsOfDays(FeatureView view) {
        return from(view, after);
    }

    /** Pairs that happen from a point in time on may have begun before it. */
    private TimeWindow from(FeatureView view, Instant from) {
        Instant first = view.pairs().map(pairs -> from.minus(pairs.within())).orElse(from);
        return new TimeWindow(Optional.of(first), Optional.of(until));
    }

    /** The stretch of time that runs are known by. */
    public TimeWindow window() {
        return new TimeWindow(Optional.of(after), Optional.of(until));
    }
}
