package io.millrace.engines.spark.features;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.Lift;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a task's partition as partial rows, then a note of what has been counted. One thread. */
final class Lifting implements Iterator<Batch> {
    private static final int BATCH_ROWS = 8_192;

    private final Iterator<InternalRow> rows;
    private final RowBuilder builder;
    private final KeyedWork.Bound work;
    private final Lift lift;
    private final PartialLayout layout;
    private final TaskRejects rejects = new TaskRejects("features");
    private final Deque<Batch> ready = new ArrayDeque<>();
    private final int partition;
    private long extracted;
    private boolean noted;

    Lifting(KeyedWork.Bound work, Schema input, int partition, Iterator<InternalRow> rows) {
        this.work = work;
        this.rows = rows;
        this.partition = partition;
        this.builder = new RowBuilder(input, IntStream.range(0, input.size()).toArray());
        this.lift = work.step().lift();
        this.layout = new PartialLayout(work.step().partial(), work.step().key());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !noted) {
            if (rows.hasNext()) {
                lift();
            } else {
                lift.flush(this::take);
                ready.add(layout.note(partition, TallyBytes.write(tally())));
                noted = true;
            }
        }
        return !ready.isEmpty();
    }

    private void lift() {
        while (rows.hasNext() && builder.rows() < BATCH_ROWS) {
            builder.append(rows.next());
        }
        Batch batch = builder.build(Origin.of("partition-" + partition, extracted));
        extracted += batch.rowCount();
        for (BoundTransform transform : work.before()) {
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

    private Tally tally() {
        return new Tally(
                extracted, rejects.filtered(), rejects.deduplicated(), rejects.rejected(), 0, 0, 0, rejects.lines());
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
