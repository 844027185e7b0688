package io.millrace.core.ledger;

import io.millrace.api.Counts;
import java.util.List;
import java.util.Optional;

/**
 * Where a run's rows went, its stages put together.
 *
 * @param rows source rows; those that were brought into groups count as loaded, and so do those that wait in an exchange
 * @param groups what became of the groups of the last step that makes them: extracted are all of them; empty where no step
 *     of the run does
 * @param inTarget rows or groups that were given to the target
 */
public record RunCounts(Counts rows, Optional<Counts> groups, long inTarget) {
    /**
     * The sums of a stage.
     *
     * @param section how many steps before the stage make groups: stages of one section count the same rows
     */
    public record Stage(int number, int section, Counts counts) {}

    /** @param stages all that are planned, in order */
    static RunCounts of(List<Stage> stages) {
        int last = stages.isEmpty() ? 0 : stages.get(stages.size() - 1).section();
        Counts rows = section(stages, 0);
        return new RunCounts(
                rows,
                last == 0 ? Optional.empty() : Optional.of(section(stages, last)),
                stages.isEmpty() ? 0 : stages.get(stages.size() - 1).counts().loaded());
    }

    /** What one stage hands to the next of its section is loaded by neither and extracted once. */
    private static Counts section(List<Stage> stages, int section) {
        Counts sum = Counts.ZERO;
        long handedOn = 0;
        boolean first = true;
        for (Stage stage : stages) {
            if (stage.section() == section) {
                sum = sum.plus(stage.counts());
                handedOn += first ? 0 : stage.counts().extracted();
                first = false;
            }
        }
        return new Counts(
                sum.extracted() - handedOn,
                stages.stream()
                        .filter(stage -> stage.section() == section)
                        .reduce((one, other) -> other)
                        .map(stage -> stage.counts().transformed())
                        .orElse(0L),
                sum.loaded() - handedOn,
                sum.filtered(),
                sum.deduplicated(),
                sum.rejected());
    }
}
