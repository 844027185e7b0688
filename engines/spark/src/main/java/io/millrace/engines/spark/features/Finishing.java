package io.millrace.engines.spark.features;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** The output of a task of the last stage; when it ends, what has been counted is told. One thread. */
final class Finishing implements Iterator<Batch> {
    private final CountedBatches results;
    private final List<BoundTransform> after;
    private final boolean yieldsRows;
    private final Consumer<Tally> tallies;
    private final TaskRejects rejects = new TaskRejects("features");
    private long rows;
    private Batch next;
    private boolean told;

    /** @param tallies takes what is counted, once, when the last row has been read */
    Finishing(KeyedWork.Bound work, CountedBatches results, Consumer<Tally> tallies) {
        this.results = results;
        this.after = work.after();
        this.yieldsRows = work.takesRows(work.stages().size());
        this.tallies = tallies;
    }

    @Override
    public boolean hasNext() {
        while (next == null && results.hasNext()) {
            Batch batch = results.next();
            for (BoundTransform transform : after) {
                batch = transform.apply(batch, rejects);
            }
            rows += batch.rowCount();
            next = batch.rowCount() > 0 ? batch : null;
        }
        if (next == null && !told) {
            Tally output = new Tally(0, 0, 0, 0, rows, 0, 0, List.of());
            tallies.accept(results.tally().plus(rejects.tally(yieldsRows)).plus(output));
            told = true;
        }
        return next != null;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Batch taken = next;
        next = null;
        return taken;
    }
}
