package io.millrace.core.progress;

import java.util.List;

/**
 * How a run stood at a moment. For display: sums that count are in the ledger. Every list is bounded. Times are milliseconds
 * since 1970-01-01T00:00:00Z.
 *
 * @param phase what it does: {@code planning}, {@code reading}, {@code committing}, {@code ended}, or {@code exchange: } and
 *     the label of the keyed step whose rows are brought together
 * @param rows source rows read so far, attempts that failed excepted; earlier attempts at the run included
 * @param rejected rows rejected by this attempt so far
 * @param active splits being worked on
 * @param retries the latest, oldest first
 * @param samples the course of rows and memory over time, oldest first
 * @param checks verdicts, once the run has come so far
 * @param warnings of the ended run
 */
public record RunProgress(
        int version,
        String run,
        long pid,
        long updated,
        String phase,
        long rows,
        long rejected,
        List<Active> active,
        List<Retried> retries,
        List<Sample> samples,
        List<Verdict> checks,
        List<String> warnings) {
    /** The version of the form in which it is stored. */
    static final int VERSION = 1;

    /** A split that a worker is at. */
    public record Active(String split, int attempt, long rows) {}

    /** An attempt that failed and was, or will be, tried again. */
    public record Retried(long at, String split, int attempt, String message) {}

    /**
     * A point of the course.
     *
     * @param rows read until then
     * @param heapBytes in use then, garbage included
     */
    public record Sample(long at, long rows, long rejected, long heapBytes) {}

    /** What came of a rule; {@code problem} is null where it was kept. */
    public record Verdict(String check, String severity, long rows, long failed, String problem) {}
}
