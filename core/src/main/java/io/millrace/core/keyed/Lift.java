package io.millrace.core.keyed;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.util.function.Consumer;

/** Turns the rows of one attempt into partial rows. One thread. */
public interface Lift {
    /** Partial rows are the rows themselves. Thread-safe, since it keeps nothing. */
    Lift UNCHANGED = new Lift() {
        @Override
        public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
            partials.accept(rows);
        }

        @Override
        public void flush(Consumer<Batch> partials) {
            // Nothing is held back.
        }
    };

    /**
     * Takes rows in. It may hold them back to combine those of equal key, within a bounded memory of its own.
     *
     * @param partials takes batches of {@link BoundKeyedStep#partial}
     */
    void add(Batch rows, Consumer<Batch> partials, Rejects rejects);

    /** Gives out what is held back: there are no more rows. */
    void flush(Consumer<Batch> partials);
}
