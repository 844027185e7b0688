package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import java.time.Instant;
import java.util.Optional;

/** One rule of a {@code check} step, not yet bound to columns. Immutable. */
sealed interface Rule permits RowRule, ExistsIn, KeyRule, RunRule {
    /** What reports call it: the column and the kind of rule. */
    String name();

    Severity severity();

    /**
     * What is wrong with the whole run, as a phrase; empty where the rule is kept.
     *
     * @param tally of all pieces
     * @param asOf the end of the run's window, or when the run began
     */
    Optional<String> broken(CheckTally tally, Instant asOf);
}
