package io.millrace.core.ledger;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a run's files lie on the machine that works on it.
 *
 * @param rejectsElsewhere where the pipeline wants rejected rows, or empty for the state folder
 */
public record RunLayout(Path stateFolder, String runId, Optional<Path> rejectsElsewhere) {
    /** All that the run keeps in the state folder. */
    public Path folder() {
        return stateFolder.resolve("runs").resolve(runId);
    }

    /** The keys that finished pieces have claimed. */
    public Path claims() {
        return folder().resolve("claims");
    }

    /** The tables that steps look up in. */
    public Path lookups() {
        return folder().resolve("lookups");
    }

    /** The rows that wait for others of their key at an exchange. */
    public Path exchange(int number) {
        return folder().resolve("exchange-" + number);
    }

    /** The rejected rows. */
    public Path rejects() {
        return rejectsElsewhere.map(wanted -> wanted.resolve(runId)).orElse(folder().resolve("rejects"));
    }
}
