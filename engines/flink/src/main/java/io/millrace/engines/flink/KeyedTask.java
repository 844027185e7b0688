package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import java.util.function.Consumer;

/** A keyed step at work on the keys of one subtask. One thread. */
interface KeyedTask {
    /**
     * Takes rows, whose keys are all with this subtask.
     *
     * @param onward takes what need not wait
     */
    void add(Batch rows, OpenPiece piece, Consumer<Batch> onward);

    /** Puts into the state what is held back: before a barrier, and before the clock goes on. */
    void flush();

    /** The clock is about to go on. */
    default void beforeWatermark() {
        flush();
    }

    /** Looks at the keys of a bucket that were to be looked at when the clock came to a time. */
    void due(int bucket, long millis, OpenPiece piece, Consumer<Batch> onward);
}
