package io.millrace.core.metrics;

import io.millrace.core.ledger.RunCounts;
import io.millrace.core.ledger.RunStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run adds to its pipeline's sums, or has added already.
 *
 * @param written of a run that has succeeded
 * @param steps by label
 */
record RunTotals(
        long read, long written, long rejected, long filtered, long deduplicated, Map<String, StepTotals> steps) {
    static final RunTotals NONE = new RunTotals(0, 0, 0, 0, 0, Map.of());

    /** What passed a step. */
    record StepTotals(long in, long out, double seconds) {
        static final StepTotals NONE = new StepTotals(0, 0, 0);

        StepTotals plus(StepTotals other, int sign) {
            return new StepTotals(in + sign * other.in, out + sign * other.out, seconds + sign * other.seconds);
        }
    }

    /** What the ledger has of a run. */
    static RunTotals of(RunCounts counts, List<RunStep> steps, boolean succeeded) {
        Map<String, StepTotals> byLabel = new TreeMap<>();
        for (RunStep step : steps) {
            byLabel.merge(
                    step.label(),
                    new StepTotals(step.rowsIn(), step.rowsOut(), step.nanos() / 1e9),
                    (one, other) -> one.plus(other, 1));
        }
        long groupsRejected = counts.groups().map(groups -> groups.rejected()).orElse(0L);
        return new RunTotals(
                counts.rows().extracted(),
                succeeded ? counts.inTarget() : 0,
                counts.rows().rejected() + groupsRejected,
                counts.rows().filtered(),
                counts.rows().deduplicated(),
                byLabel);
    }

    /** The sums with another's added, or taken away. */
    RunTotals plus(RunTotals other, int sign) {
        Map<String, StepTotals> both = new TreeMap<>(steps);
        other.steps.forEach((label, step) ->
                both.put(label, both.getOrDefault(label, StepTotals.NONE).plus(step, sign)));
        return new RunTotals(
                read + sign * other.read,
                written + sign * other.written,
                rejected + sign * other.rejected,
                filtered + sign * other.filtered,
                deduplicated + sign * other.deduplicated,
                both);
    }
}
