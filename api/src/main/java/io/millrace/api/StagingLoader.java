package io.millrace.api;

import io.millrace.api.data.Schema;
import java.util.Collection;
import java.util.List;

/** A target that shows nothing before the commit: files, tables of files. */
public non-sealed interface StagingLoader extends Loader {
    /** A writer of one piece. Thread-safe. */
    StagingWriter open(WriteTask task, Schema schema);

    /**
     * Makes the staged pieces visible. Idempotent: an equal id means the same commit, and any part of it may have been done
     * before. Once it was called for an id, it may only be called again with the same list until it succeeds.
     */
    CommitResult commit(CommitId id, List<Staged> staged);

    /** Removes what this lineage has staged, except what {@code live} or a commit names. By the fence's holder only. */
    void cleanup(Lineage lineage, Collection<Staged> live);
}
