package io.millrace.core.run;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.transform.check.CheckOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run: sums over the ledger, earlier attempts included.
 *
 * @param started when this attempt began; {@code ended} when it ended
 * @param counts of source rows; those that were brought into groups count as loaded
 * @param groups what became of the groups, where a step makes them: extracted are all of them
 * @param splits of the source; {@code splitsSkipped} were finished before this attempt
 * @param rejects the first rejected rows, for people
 * @param checks what came of the rules of checking steps; empty where the run did not come so far
 * @param failure the kind and message of what ended it, unless it succeeded
 */
public record RunReport(
        String run,
        RunKey key,
        Status status,
        String source,
        String target,
        Counts counts,
        Optional<Counts> groups,
        int splits,
        int splitsSkipped,
        Instant started,
        Instant ended,
        List<String> rejects,
        List<String> warnings,
        List<CheckOutcome> checks,
        Optional<Failure> failure) {
    /** How many rejected rows a report quotes. */
    public static final int QUOTED_REJECTS = 20;

    /** How it ended. */
    public enum Status {
        SUCCESS,
        /** The same work had been finished before; nothing was written. */
        ALREADY_DONE,
        FAILED,
        STOPPED
    }

    /** Why it did not succeed. */
    public record Failure(ErrorKind kind, String message, Optional<Throwable> cause) {}

    public Duration duration() {
        return Duration.between(started, ended);
    }
}
