package io.millrace.core.embedded;

import io.millrace.core.run.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a pipeline's run: sums over the ledger, interrupted attempts included, so that
 * {@code extracted = loaded + filtered + deduplicated + failed} where it succeeded.
 *
 * @param run the run's id, by which {@code millrace rejects} shows the failed records
 * @param source as {@link Pipeline#run} was given it
 * @param target as {@link Pipeline#run} was given it
 * @param startTime when this attempt began; {@code endTime} when it ended
 * @param extracted records read
 * @param transformed records that came out of the transformers
 * @param loaded records that the target holds
 * @param filtered records that a transformer left out
 * @param deduplicated records left out because another of their key was kept
 * @param failed records rejected with a reason
 * @param errors the first failed records, one line each
 * @param warnings what a user should know, one sentence each
 * @param error what ended the run, unless it succeeded
 */
public record Statistics(
        String run,
        String source,
        String target,
        Instant startTime,
        Instant endTime,
        long extracted,
        long transformed,
        long loaded,
        long filtered,
        long deduplicated,
        long failed,
        List<String> errors,
        List<String> warnings,
        RunReport.Status status,
        Optional<String> error) {

    static Statistics of(String source, String target, RunReport report) {
        return new Statistics(
                report.run(),
                source,
                target,
                report.started(),
                report.ended(),
                report.counts().extracted(),
                report.counts().transformed(),
                report.counts().loaded(),
                report.counts().filtered(),
                report.counts().deduplicated(),
                report.counts().rejected(),
                report.rejects(),
                report.warnings(),
                report.status(),
                report.failure().map(RunReport.Failure::message));
    }

    public Duration duration() {
        return Duration.between(startTime, endTime);
    }
}
