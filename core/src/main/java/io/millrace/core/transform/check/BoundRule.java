package io.millrace.core.transform.check;

import io.millrace.api.data.Batch;
import io.millrace.core.transform.Verdicts;

/** A rule bound to columns, with its sums in one attempt. One thread. */
sealed interface BoundRule permits BoundRowRule, BoundExistsIn, BoundKeyRule, BoundRunRule {
    Rule rule();

    RuleTally tally();

    /** Looks at the rows of a batch that have no verdict yet, and gives one to those that break the rule. */
    void reject(Batch batch, Verdicts verdicts);

    /** Looks at all rows of a batch and counts those that break the rule, or whatever else it counts. */
    void count(Batch batch);

    /** Lets go of what it looks up in. */
    default void close() {}
}
