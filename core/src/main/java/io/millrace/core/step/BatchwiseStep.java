package io.millrace.core.step;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import java.util.Iterator;

/** A keyed step over the rows of one batch, as a preview shows it. The rows of its output are numbered anew. */
public record BatchwiseStep(BoundKeyedStep step) implements BoundTransform {
    /** The split that its rows are said to come from. */
    public static final String ORIGIN = "preview";

    private static final long MEMORY = 64L << 20;

    @Override
    public Schema output() {
        return step.output();
    }

    @Override
    public Batch apply(Batch input, Rejects rejects) {
        Fold fold = step.fold(MEMORY);
        Lift lift = step.lift();
        lift.add(input, fold::add, rejects);
        lift.flush(fold::add);
        BatchBuilder all = new BatchBuilder(step.output());
        Iterator<Batch> results = fold.finish(Integer.MAX_VALUE, rejects);
        while (results.hasNext()) {
            results.next().records().forEach(all::appendRecord);
        }
        return all.build(Origin.of(ORIGIN, 0));
    }
}
