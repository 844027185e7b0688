package io.millrace.core.step;

import io.millrace.api.BoundTransform;
import io.millrace.api.CheckTally;
import io.millrace.api.data.Batch;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.transform.Tallying;
import java.util.List;

/** A job's steps bound for one attempt. One thread. */
public final class BoundChain implements AutoCloseable {
    private final List<BoundStep> steps;

    /** A bound transform and the label under which it rejects. */
    record BoundStep(String label, BoundTransform transform) {}

    BoundChain(List<BoundStep> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Passes a batch through all steps; the result may be empty. */
    public Batch apply(Batch source, RejectWriter rejects) {
        Batch batch = source;
        for (int i = 0; i < steps.size() && batch.rowCount() > 0; i++) {
            batch = apply(i, batch, rejects);
        }
        return batch;
    }

    /** Passes a batch through one step. */
    public Batch apply(int step, Batch input, RejectWriter rejects) {
        BoundStep bound = steps.get(step);
        return bound.transform.apply(input, rejects.at(bound.label));
    }

    /** What the rules of checking steps have seen so far. */
    public List<CheckTally> checks() {
        return steps.stream()
                .filter(step -> step.transform instanceof Tallying)
                .flatMap(step -> ((Tallying) step.transform).tallies().stream().map(tally -> tally.within(step.label)))
                .toList();
    }

    @Override
    public void close() {
        steps.forEach(step -> step.transform.close());
    }
}
