package io.millrace.core.ledger;

import io.millrace.api.TimeWindow;
import java.util.Optional;

/** What makes two runs the same work: the pipeline's name and the window, or everything where there is none. */
public record RunKey(String pipeline, Optional<TimeWindow> window) {
    /** The window's text form, or {@code all}. */
    public String scope() {
        return window.map(TimeWindow::toString).orElse("all");
    }

    @Override
    public String toString() {
        return pipeline + " " + scope();
    }
}
