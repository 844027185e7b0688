package io.millrace.features;

import io.millrace.api.InvalidSetting;
import io.millrace.core.expression.Expression;
import io.millrace.core.window.WindowLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of each entity at a point in time T, told from the events before T: those with T − window ≤ time &lt; T. The
 * definition that all engines compute, to the same bits; it says nothing of where events come from. Immutable.
 *
 * <p>The columns of the output are those of the entity, then the grain's ({@link #grainColumns}), the measures and the derived
 * ones, each in the order of the file. An entity has a row as of T where it has an event in the longest window; a measure whose
 * own window is empty has the result of no rows.
 *
 * <p>Events are ordered by time, then by {@code tieBreak} ascending with nulls first, then by all other columns from left to
 * right. Events without a time are rejected, events without an entity are nobody's and left out.
 *
 * @param name by which runs are kept
 * @param entity the columns that say whose an event is
 * @param time the events' time, a timestamp
 * @param tieBreak what orders events of equal time
 * @param grain when there are values
 * @param pairs what happens to two values together, as further events
 * @param measures by the column that each yields
 * @param derive expressions over the columns before them, computed when the measures are final
 * @param rank places among other entities, computed at the end
 */
public record FeatureView(
        String name,
        List<String> entity,
        String time,
        List<String> tieBreak,
        Grain grain,
        Optional<Pairing> pairs,
        Map<String, FeatureMeasure> measures,
        Map<String, Expression> derive,
        Map<String, Ranking> rank) {
    /** The date that a value of {@code per: day} is of. */
    public static final String DATE = "date";

    /** The point in time that a value of {@code hop} is as of. */
    public static final String AS_OF = "as_of";

    /** When a session begins. */
    public static final String SESSION_START = "session_start";

    /** When a session has ended. */
    public static final String SESSION_END = "session_end";

    private static final Duration DAY = Duration.ofDays(1);

    public FeatureView {
        entity = List.copyOf(entity);
        tieBreak = List.copyOf(tieBreak);
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        derive = Collections.unmodifiableMap(new LinkedHashMap<>(derive));
        rank = Collections.unmodifiableMap(new LinkedHashMap<>(rank));
        if (measures.isEmpty()) {
            throw new InvalidSetting("measures", "must name at least one measure, such as events: count(*)");
        }
        checkNames(entity, grain, measures.keySet(), derive.keySet(), rank.keySet());
        checkGrain(grain);
        checkPairs(entity, pairs);
        for (Map.Entry<String, FeatureMeasure> measure : measures.entrySet()) {
            checkLengths(measure.getKey(), measure.getValue(), grain);
        }
    }

    private static void checkNames(
            List<String> entity, Grain grain, Set<String> measures, Set<String> derived, Set<String> ranked) {
        if (entity.isEmpty()) {
            throw new InvalidSetting("entity", "must name a column, such as user_id");
        }
        Set<String> names = new HashSet<>();
        for (String column : entity) {
            if (!names.add(column)) {
                throw new InvalidSetting("entity", "names '" + column + "' twice");
            }
        }
        for (String column : grainColumns(grain)) {
            if (!names.add(column)) {
                throw new InvalidSetting(
                        "entity", "'" + column + "' is the name of a column that the view adds itself");
            }
        }
        requireNew(names, measures, "measures");
        requireNew(names, derived, "derive");
        requireNew(names, ranked, "rank");
    }

    private static void requireNew(Set<String> names, Set<String> added, String key) {
        for (String name : added) {
            if (!names.add(name)) {
                throw new InvalidSetting(key, "'" + name + "' is the name of another column of the view");
            }
        }
    }

    private static void checkPairs(List<String> entity, Optional<Pairing> pairs) {
        if (pairs.isPresent() && !entity.equals(List.of(pairs.get().of()))) {
            throw new InvalidSetting("pairs", "are of the entity: of must be '" + String.join(", ", entity) + "'");
        }
    }

    private static void checkGrain(Grain grain) {
        if (grain instanceof Grain.Hops hops
                && (hops.length().isNegative()
                        || hops.length().isZero()
                        || DAY.toNanos() % hops.length().toNanos() != 0)) {
            throw new InvalidSetting("hop", "must divide a day of 24 hours, such as 5m, 1h or 6h");
        }
        if (grain instanceof Grain.Sessions sessions
                && (sessions.gap().isNegative() || sessions.gap().isZero())) {
            throw new InvalidSetting("sessions", "the gap must be longer than nothing");
        }
    }

    private static void checkLengths(String name, FeatureMeasure measure, Grain grain) {
        if (grain instanceof Grain.Sessions) {
            if (measure.window().isPresent() || measure.halfLife().isPresent()) {
                throw new InvalidSetting(
                        "measures",
                        "'" + name + "' has a window, and in a view of sessions a measure is over the session");
            }
            return;
        }
        measure.window().ifPresent(window -> checkMultiple("window", name, window, grain));
        measure.halfLife().ifPresent(halfLife -> {
            if (measure.window().isEmpty()) {
                throw new InvalidSetting(
                        "measures", "'" + name + "' has a half_life, and needs a window: what is older counts 0");
            }
            if (halfLife.calendar() != grain.tile().orElseThrow().calendar()) {
                throw new InvalidSetting(
                        "measures",
                        "'" + name + "' has the half_life " + halfLife.duration() + "; it must be in "
                                + (halfLife.calendar() ? "a duration such as 1h, as hop is" : "days, such as 7d"));
            }
            checkMultiple("half_life", name, halfLife, grain);
        });
    }

    private static void checkMultiple(String key, String name, WindowLength length, Grain grain) {
        if (grain instanceof Grain.Days && !length.calendar()) {
            throw new InvalidSetting(
                    "measures",
                    "'" + name + "' has a " + key + " of " + length.duration().toHours()
                            + "h, and those of a view per: day are days of its calendar, such as 7d; durations go with hop");
        }
        if (grain instanceof Grain.Hops hops
                && !length.calendar()
                && length.duration().toNanos() % hops.length().toNanos() != 0) {
            throw new InvalidSetting(
                    "measures", "'" + name + "' has a " + key + " that is no multiple of hop, " + hops.length());
        }
    }

    /** The columns that say when a row's values are of, behind the entity's. */
    public List<String> grainColumns() {
        return grainColumns(grain);
    }

    private static List<String> grainColumns(Grain grain) {
        if (grain instanceof Grain.Days) {
            return List.of(DATE);
        }
        return grain instanceof Grain.Hops ? List.of(AS_OF) : List.of(SESSION_START, SESSION_END);
    }

    /** The columns that order events: the time, and what breaks ties. */
    public List<String> order() {
        List<String> order = new ArrayList<>(List.of(time));
        tieBreak.stream().filter(column -> !column.equals(time)).forEach(order::add);
        return order;
    }

    /** How far a measure looks back; an IllegalArgumentException for a view of sessions. */
    public WindowLength window(FeatureMeasure measure) {
        return measure.window()
                .or(grain::tile)
                .orElseThrow(() -> new IllegalArgumentException("a session has no window"));
    }

    /** A half-life in tiles. */
    public Optional<Double> halfLifeInTiles(FeatureMeasure measure) {
        return measure.halfLife()
                .map(length -> length.calendar()
                        ? (double) length.days()
                        : (double) length.duration().toNanos()
                                / ((Grain.Hops) grain).length().toNanos());
    }
}
