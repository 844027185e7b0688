package io.millrace.api;

import io.millrace.api.data.Schema;
import java.util.Optional;

/** A target whose writer commits its piece itself, atomically with a record of the piece: databases, brokers. */
public non-sealed interface DirectLoader extends Loader {
    /** The receipt of this piece, if any attempt at it has committed. Waits for one whose commit is under way. */
    Optional<Receipt> find(WriteTask task);

    /** A writer of one piece. Thread-safe. */
    DirectWriter open(WriteTask task, Schema schema);

    /** True where writing the same piece twice leaves the same content. */
    default boolean replayable() {
        return false;
    }
}
