package io.millrace.core.step;

import io.millrace.api.BoundTransform;
import io.millrace.api.CheckTally;
import io.millrace.api.StepTally;
import io.millrace.api.data.Batch;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.transform.Tallying;
import java.util.List;
import java.util.stream.IntStream;

/** A job's steps bound for one attempt. One thread. */
public final class BoundChain implements AutoCloseable {
    private final List<BoundStep> steps;
    private final long[] rowsIn;
    private final long[] rowsOut;
    private final long[] nanos;

    /** A bound transform and the label under which it rejects. */
    record BoundStep(String label, BoundTransform transform) {}

    BoundChain(List<BoundStep> steps) {
        this.steps = List.copyOf(steps);
        this.rowsIn = new long[steps.size()];
        this.rowsOut = new long[steps.size()];
        this.nanos = new long[steps.size()];
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
        long begun = System.nanoTime();
        Batch output = bound.transform.apply(input, rejects.at(bound.label));
        nanos[step] += System.nanoTime() - begun;
        rowsIn[step] += input.rowCount();
        rowsOut[step] += output.rowCount();
        return output;
    }

    /** What the rules of checking steps have seen so far. */
    public List<CheckTally> checks() {
        return steps.stream()
                .filter(step -> step.transform instanceof Tallying)
                .flatMap(step -> ((Tallying) step.transform).tallies().stream().map(tally -> tally.within(step.label)))
                .toList();
    }

    /** What has passed each step so far. */
    public List<StepTally> tallies() {
        return IntStream.range(0, steps.size())
                .mapToObj(step -> new StepTally(steps.get(step).label, rowsIn[step], rowsOut[step], nanos[step]))
                .toList();
    }

    @Override
    public void close() {
        steps.forEach(step -> step.transform.close());
    }
}
