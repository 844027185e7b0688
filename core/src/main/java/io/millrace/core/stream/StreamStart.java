package io.millrace.core.stream;

import java.util.Optional;

/**
 * Where a stream begins.
 *
 * @param restart anew, forgetting all earlier checkpoints
 * @param changed go on although the pipeline's definition is another than the one that the checkpoint was made with
 * @param from a checkpoint or savepoint to go on from instead of the latest one
 */
public record StreamStart(boolean restart, boolean changed, Optional<String> from) {
    /** From the latest checkpoint; anew where there is none. */
    public static final StreamStart LATEST = new StreamStart(false, false, Optional.empty());

    /** Anew. */
    public static final StreamStart ANEW = new StreamStart(true, false, Optional.empty());
}
