package io.millrace.core.keyed;

import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A keyed step bound to its input: rows are <em>lifted</em> to partial rows where they are read, partial rows of equal key
 * are brought together by the engine, and <em>folded</em> there. Immutable and thread-safe; lifts and folds are not.
 *
 * <p>Law: folding is associative and commutative to the last bit, so neither splits nor their order nor the number of lifts
 * ever shows in the output. A fold's output may come in any order of keys, but is the same for the same rows.
 */
public interface BoundKeyedStep {
    /** The columns of partial rows, which cross the exchange. */
    Schema partial();

    /** The columns of {@link #partial} whose values bring rows together. Nulls in them are equal. */
    List<String> key();

    /** What the step yields. */
    Schema output();

    /** True where the output is not source rows any more but groups of them, which are counted by themselves. */
    boolean groups();

    /** For one attempt at one piece before the exchange. */
    Lift lift();

    /**
     * For one bucket of keys behind the exchange.
     *
     * @param memoryLimit bytes of state from which on the fold gives up with a user error that says what to do
     */
    Fold fold(long memoryLimit);

    /** Its windows in event time, for engines that see rows without end; empty where a result spans all rows. */
    default Optional<Windows> windows() {
        return Optional.empty();
    }

    /** Its walk along the rows of a key, for the same engines; empty where it is none. */
    default Optional<Walk> walk() {
        return Optional.empty();
    }
}
