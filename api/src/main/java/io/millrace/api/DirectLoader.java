package io.millrace.api;

import io.millrace.api.data.Schema;
import java.util.Optional;

/** A target whose writer commits its piece itself, atomically with a record of the piece: databases, brokers. */
public non-sealed interface DirectLoader extends Loader {
    /**
     * The note that was committed with this piece, by whatever attempt; empty where none has committed. Waits for one whose
     * commit is under way.
     */
    Optional<String> find(WriteTask task);

    /** A writer of one piece. Thread-safe. */
    DirectWriter open(WriteTask task, Schema schema);

    /**
     * True where writing the same piece twice leaves the same content. Such a target need not remember pieces:
     * {@link #find} may always be empty.
     */
    default boolean replayable() {
        return false;
    }
}
