package io.millrace.api;

import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes one target, in one of two honest ways: a {@link StagingLoader} shows everything at the run's commit, a
 * {@link DirectLoader} piece by piece. Life cycle: created (touches nothing), prepared (or, in a process that works for
 * another one, joined), writers opened (from several threads), closed.
 *
 * <p>Failures are {@link MillraceException}s: USER, DENIED, UNAVAILABLE (the caller may retry), FENCED, COMMIT_UNKNOWN.
 */
public sealed interface Loader extends AutoCloseable permits StagingLoader, DirectLoader {
    /** What is written, for reports: a URL without secrets, and the table or path. Touches nothing. */
    String describe();

    WriteMode mode();

    /** The columns whose values divide the target into parts, outermost first; mostly empty. */
    default List<String> partitionBy() {
        return List.of();
    }

    /**
     * The setting, as the user wrote it, that makes sense only where a run brings all that should be in the target: with it,
     * runs of a window and increments are refused. Mostly empty.
     */
    default Optional<String> wholeRunsOnly() {
        return Optional.empty();
    }

    /**
     * Checks that these columns can be written and that the target accepts them, without changing anything. A user error
     * names the column and the way out.
     */
    void validate(Schema schema);

    /**
     * Creates or evolves the target and takes the fence: after it returns, no writer of this lineage with an older epoch
     * can commit; other lineages of the pipeline go on. Once per run attempt, by the coordinator.
     */
    Fence prepare(LoadRequest request);

    /**
     * Takes part in what another process has prepared, so that writers can be opened here: afterwards they can, as they
     * could where {@link #prepare} was called with this request. Changes nothing in the target.
     */
    default void join(LoadRequest request) {}

    /** The highest sequence of this lineage that the target holds. */
    default OptionalLong lastCommitted(Lineage lineage) {
        return OptionalLong.empty();
    }

    /**
     * Counts again what is in the target of a finished run. Changes nothing; needs no {@link #prepare}. Mostly the rows
     * themselves, not what was written down about them.
     */
    default Recount recount(RecountRequest request) {
        return Recount.unknown("rows there do not say which run they came from");
    }

    /** Releases everything, the fence included; does not throw for a dead server. */
    @Override
    void close();
}
