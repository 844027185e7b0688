package io.millrace.core.metrics;

import java.util.Map;
import java.util.TreeMap;

/**
 * The sums of a pipeline's runs on this machine.
 *
 * @param source the connector it reads with, {@code target} the one it writes with, as of the latest run
 * @param runs how many attempts ended, by status
 * @param seconds that the latest took
 * @param succeeded when a run last did, in milliseconds since 1970; 0 where none has
 */
record PipelineTotals(
        String source, String target, RunTotals sums, Map<String, Long> runs, double seconds, long succeeded) {
    static final PipelineTotals NONE = new PipelineTotals("", "", RunTotals.NONE, Map.of(), 0, 0);

    PipelineTotals plus(RunTotals more) {
        return new PipelineTotals(source, target, sums.plus(more, 1), runs, seconds, succeeded);
    }

    PipelineTotals between(String newSource, String newTarget) {
        return new PipelineTotals(newSource, newTarget, sums, runs, seconds, succeeded);
    }

    /** With one more attempt that ended. */
    PipelineTotals ended(String status, double took, long at) {
        Map<String, Long> more = new TreeMap<>(runs);
        more.merge(status, 1L, Long::sum);
        return new PipelineTotals(source, target, sums, more, took, Math.max(succeeded, at));
    }
}
