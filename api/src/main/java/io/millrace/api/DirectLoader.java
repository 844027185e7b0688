package io.millrace.api;

import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.List;
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
     * Learns that all pieces of a run are in the target. Called by the coordinator when nothing writes any more, before the
     * run counts as done; again where a process ended in between, so that twice must be the same as once.
     *
     * @return what the user should know of it, a sentence each
     * @throws MillraceException FENCED where a newer attempt holds the run and there was something to do
     */
    default List<String> complete(CommitId id) {
        return List.of();
    }

    /**
     * Learns that what is written from now on speaks of this moment, in place of the {@link LoadRequest}'s: a stream's rows
     * have none in common. Moments before the latest one change nothing. For targets whose rows bear the moment.
     */
    default void asOf(Instant moment) {}

    /**
     * True where rows may bring the columns of {@link RowVersion} along: a row whose key holds a newer one is then passed
     * over, and counts as deduplicated.
     */
    default boolean heedsRowVersions() {
        return false;
    }

    /**
     * True where writing the same piece twice leaves the same content. Such a target need not remember pieces:
     * {@link #find} may always be empty.
     */
    default boolean replayable() {
        return false;
    }
}
