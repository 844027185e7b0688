package io.millrace.engines.spark.features;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.core.keyed.Lift;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of a task as partial rows of a stage, then a note of what has been counted. One thread. */
final class Lifting implements Iterator<Batch> {
    private final CountedBatches rows;
    private final KeyedWork.Stage stage;
    private final boolean takesRows;
    private final Lift lift;
    private final PartialLayout layout;
    private final TaskRejects rejects = new TaskRejects("features");
    private final Deque<Batch> ready = new ArrayDeque<>();
    private final int partition;
    private boolean noted;

    Lifting(KeyedWork.Bound work, int stage, int partition, CountedBatches rows) {
        this.stage = work.stages().get(stage);
        this.takesRows = work.takesRows(stage);
        this.rows = rows;
        this.partition = partition;
        this.lift = this.stage.step().lift();
        this.layout =
                new PartialLayout(this.stage.step().partial(), this.stage.step().key());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !noted) {
            if (rows.hasNext()) {
                lift(rows.next());
            } else {
                lift.flush(this::take);
                ready.add(layout.note(partition, TallyBytes.write(rows.tally().plus(rejects.tally(takesRows)))));
                noted = true;
            }
        }
        return !ready.isEmpty();
    }

    private void lift(Batch rows) {
        Batch batch = rows;
        for (BoundTransform transform : stage.before()) {
            batch = transform.apply(batch, rejects);
        }
        if (batch.rowCount() > 0) {
            lift.add(batch, this::take, rejects);
        }
    }

    private void take(Batch partials) {
        if (partials.rowCount() > 0) {
            ready.add(layout.of(partials));
        }
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
