package io.millrace.api;

import java.util.List;
import java.util.Optional;

/**
 * Which run's rows to count.
 *
 * @param id of the run's commit; its fence is not a living one
 * @param window that the run was asked for
 * @param staged what a staging target was given to commit
 * @param newest whether no later run is known that has written to the same target
 */
public record RecountRequest(CommitId id, Optional<TimeWindow> window, List<Staged> staged, boolean newest) {
    public RecountRequest {
        staged = List.copyOf(staged);
    }
}
