package io.millrace.core.transform.check;

import io.millrace.api.BoundTransform;
import io.millrace.api.CheckTally;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.Tallying;
import io.millrace.core.transform.Verdicts;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code check} bound to a schema: first the rules that reject rows, those about single values before those about keys, so
 * that a row which is rejected claims no key; then all other rules look at the rows that go on.
 */
final class BoundCheck implements BoundTransform, Tallying {
    private final Schema input;
    private final Schema output;
    private final List<BoundRule> all;
    private final BoundRule[] rejecting;
    private final BoundRule[] counting;
    private final Verdicts verdicts = new Verdicts();

    BoundCheck(Schema input, Schema output, List<BoundRule> rules) {
        this.input = input;
        this.output = output;
        this.all = List.copyOf(rules);
        List<BoundRule> ordered = new ArrayList<>(rules);
        ordered.removeIf(BoundKeyRule.class::isInstance);
        rules.stream().filter(BoundKeyRule.class::isInstance).forEach(ordered::add);
        this.rejecting = ordered.stream()
                .filter(bound -> bound.rule().severity() == Severity.REJECT)
                .toArray(BoundRule[]::new);
        this.counting = ordered.stream()
                .filter(bound -> bound.rule().severity() != Severity.REJECT)
                .toArray(BoundRule[]::new);
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public Batch apply(Batch batch, Rejects rejects) {
        if (!batch.schema().equals(input)) {
            throw new IllegalArgumentException("bound to " + input + ", got a batch of " + batch.schema());
        }
        verdicts.begin(batch, rejects);
        for (BoundRule rule : rejecting) {
            rule.reject(batch, verdicts);
        }
        Batch kept = verdicts.end(batch);
        for (BoundRule rule : counting) {
            rule.count(kept);
        }
        return output.equals(input) ? kept : kept.withColumns(output, kept.columns());
    }

    @Override
    public List<CheckTally> tallies() {
        return all.stream().map(rule -> rule.tally().sum()).toList();
    }
}
