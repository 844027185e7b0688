package io.millrace.core.keyed;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.Iterator;

/** Brings the partial rows of some keys together: all rows of a key come to the same fold. One thread. */
public interface Fold {
    void add(Batch partials);

    /**
     * The result, which is read once: batches of {@link BoundKeyedStep#output}, without origin.
     *
     * @param rejects counts rows that another one of their key has replaced
     */
    Iterator<Batch> finish(int batchRows, Rejects rejects);
}
