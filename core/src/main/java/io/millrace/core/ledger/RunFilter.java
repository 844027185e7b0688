package io.millrace.core.ledger;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs to list.
 *
 * @param pipeline its exact name, or empty for all
 * @param before only runs stored before the run of this id, or empty for the newest
 * @param limit at most so many
 */
public record RunFilter(Optional<String> pipeline, Set<RunState> states, Optional<String> before, int limit) {
    /** The newest runs of all pipelines. */
    public static RunFilter newest(int limit) {
        return new RunFilter(Optional.empty(), EnumSet.allOf(RunState.class), Optional.empty(), limit);
    }
}
