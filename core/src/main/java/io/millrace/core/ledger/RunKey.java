package io.millrace.core.ledger;

import io.millrace.api.TimeWindow;
import java.util.Optional;

/**
 * What makes two runs the same work: the pipeline's name and the window; the next increment of the pipeline; or everything.
 *
 * @param increment true for what is new since the previous increment; there is no window then
 */
public record RunKey(String pipeline, Optional<TimeWindow> window, boolean increment) {
    static final String INCREMENT = "increment";

    public RunKey {
        if (increment && window.isPresent()) {
            throw new IllegalArgumentException("an increment has no window");
        }
    }

    /** A window, or everything where it is empty. */
    public RunKey(String pipeline, Optional<TimeWindow> window) {
        this(pipeline, window, false);
    }

    /** The increments of a pipeline, which follow one another. */
    public static RunKey increment(String pipeline) {
        return new RunKey(pipeline, Optional.empty(), true);
    }

    /** The window's text form, {@code increment}, or {@code all}. */
    public String scope() {
        return increment ? INCREMENT : window.map(TimeWindow::toString).orElse("all");
    }

    @Override
    public String toString() {
        return pipeline + " " + scope();
    }
}
