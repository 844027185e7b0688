package io.millrace.api;

import java.io.Serializable;

/**
 * What one rule of a {@code check} step saw in one piece. Tallies of pieces add up to the run's, on which the rule is judged.
 *
 * @param check the step's label and the rule, as reports show it
 * @param rows that the rule has looked at
 * @param count of them, what the rule counts: rows that break it, nulls, distinct values
 * @param latest the latest instant it has seen, in microseconds since 1970-01-01T00:00:00Z; {@link #NEVER} where it has seen
 *     none
 */
public record CheckTally(String check, long rows, long count, long latest) implements Serializable {
    /** No instant. */
    public static final long NEVER = Long.MIN_VALUE;

    /** What a rule saw that has seen nothing. */
    public static CheckTally none(String check) {
        return new CheckTally(check, 0, 0, NEVER);
    }

    /** Both pieces' together. */
    public CheckTally plus(CheckTally other) {
        return new CheckTally(check, rows + other.rows, count + other.count, Math.max(latest, other.latest));
    }

    /** The same under a longer name. */
    public CheckTally within(String step) {
        return new CheckTally(step + ": " + check, rows, count, latest);
    }
}
