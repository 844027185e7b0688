package io.millrace.core.embedded;

import java.util.Optional;

/**
 * What a pipeline is doing.
 *
 * @param statistics of the last run that began to work and has ended, whatever came of it
 */
public record PipelineStatus(State state, Optional<Statistics> statistics) {
    /** Whether a run is going on. */
    public enum State {
        IDLE,
        RUNNING
    }
}
