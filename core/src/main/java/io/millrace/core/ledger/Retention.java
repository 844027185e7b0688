package io.millrace.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which ended runs are remembered. A run that either of the two keeps is kept.
 *
 * @param age runs that ended within it are kept
 * @param newest so many of each pipeline are kept, the newest
 */
public record Retention(Optional<Duration> age, Optional<Integer> newest) {
    /**
     * The ended runs that nothing keeps, the newest first. {@link Ledger#forget} has the last word: some still decide what
     * running again means.
     */
    public List<RunRecord> due(Ledger ledger, Optional<String> pipeline, Instant now) {
        Map<String, Integer> seen = new HashMap<>();
        List<RunRecord> due = new ArrayList<>();
        for (RunRecord run : ledger.runs(pipeline, EnumSet.of(RunState.DONE, RunState.DISCARDED), Integer.MAX_VALUE)) {
            int rank = seen.merge(run.key().pipeline(), 1, Integer::sum);
            boolean young = age.filter(
                            limit -> run.ended().orElse(run.started()).isAfter(now.minus(limit)))
                    .isPresent();
            boolean among = newest.filter(limit -> rank <= limit).isPresent();
            if (!young && !among) {
                due.add(run);
            }
        }
        return due;
    }
}
