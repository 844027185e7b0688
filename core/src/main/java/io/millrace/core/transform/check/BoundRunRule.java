package io.millrace.core.transform.check;

import io.millrace.api.data.Batch;
import io.millrace.core.transform.Verdicts;

/** A rule about the run, which rejects nothing. */
record BoundRunRule(RunRule rule, RunCounter counter, RuleTally tally) implements BoundRule {
    @Override
    public void reject(Batch batch, Verdicts verdicts) {
        throw new IllegalStateException("a rule about the run cannot reject rows");
    }

    @Override
    public void count(Batch batch) {
        counter.count(batch, tally);
    }
}
