package io.millrace.api;

import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one source. Life cycle: created (touches nothing), then any of the methods, then closed. {@link #open} may be
 * called from several threads at once, the others from one.
 *
 * <p>Failures are {@link MillraceException}s: USER where the pipeline names what does not exist, DENIED, UNAVAILABLE
 * (the caller may retry), STALE where the planned rows are gone.
 */
public interface Extractor extends AutoCloseable {
    /** What is read, for reports: a URL without secrets, and the table, topic or path. Touches nothing. */
    String describe();

    /**
     * Before anything else, where a planned run is to be resumed: what its plan found out about the source, such as
     * inferred columns, holds on instead of being found out again. Whether the plan itself still holds is for
     * {@link #check} to say; a pin that no longer fits the source is passed over here.
     */
    default void resume(String pin) {}

    /** The columns of every batch. */
    Schema schema();

    /** The column that windows act on, if there is one. */
    Optional<String> timeColumn();

    /** The columns by whose values the source itself tells rows apart, such as a primary key; empty where it does not. */
    default List<String> key() {
        return List.of();
    }

    /**
     * True where the settings ask for what has come since the previous run: then plans without a window take the request's
     * position and answer with the next one.
     */
    default boolean incremental() {
        return false;
    }

    /** The number of rows the source holds now, exactly, if it can count them; may take a while. */
    OptionalLong rowCount();

    /**
     * Cuts what is asked for into splits with a closed upper bound: what arrives later is in none. A request that carries
     * a pin is planned under that pin's bound. What keeps a plan readable (a snapshot) lives until {@link #close}.
     */
    Plan plan(ExtractRequest request);

    /**
     * After a crash: what a stored pin still allows. Called before anything is planned or opened; where the answer is VALID
     * or SUBSET, the stored splits are opened without a new plan.
     */
    PinState check(String pin);

    /**
     * Reads a split. May be called again for the same split, also while another reader of it is open; only one result
     * will be used.
     *
     * @param resumePoint continues behind the batch after which {@link BatchReader#resumePoint} returned it
     * @param rejects takes source rows that no batch can hold
     */
    BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects);

    /** What its readers have come across that the user should know, a sentence each; asked when reading has ended. */
    default List<String> notices() {
        return List.of();
    }

    /** Releases everything; does not throw for a dead server. */
    @Override
    void close();
}
