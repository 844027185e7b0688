package io.millrace.core.engine;

import io.millrace.api.BatchReader;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import java.util.Optional;

/** Where the rows of a stage come from: the source, or an exchange. Thread-safe. */
public interface StageInput {
    /** What rejects that arise there are said to come from. */
    String label();

    /** Reads a split, from the resume point on where one is given. */
    BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects);
}
