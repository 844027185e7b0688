package io.millrace.core.transform.check;

import io.millrace.api.BoundTransform;
import io.millrace.api.CheckTally;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.Tallying;
import io.millrace.core.transform.Verdicts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code check} bound to a schema: first the rules that reject rows, those about single values before look-ups and these
 * before keys, so that nobody is asked about a row which is rejected, and it claims no key; then all other rules look at the
 * rows that go on.
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
        ordered.sort(Comparator.comparingInt(BoundCheck::turn));
        this.rejecting = ordered.stream()
                .filter(bound -> bound.rule().severity() == Severity.REJECT)
                .toArray(BoundRule[]::new);
        this.counting = ordered.stream()
                .filter(bound -> bound.rule().severity() != Severity.REJECT)
                .toArray(BoundRule[]::new);
    }

    private static int turn(BoundRule rule) {
        return rule instanceof BoundKeyRule ? 2 : rule instanceof BoundExistsIn ? 1 : 0;
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
    public void close() {
        all.forEach(BoundRule::close);
    }

    @Override
    public List<CheckTally> tallies() {
        return all.stream().map(rule -> rule.tally().sum()).toList();
    }
}
