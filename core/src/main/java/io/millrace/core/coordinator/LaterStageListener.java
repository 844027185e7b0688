package io.millrace.core.coordinator;

import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;

/** Passes on of a later stage only what is no progress: that is counted in source rows, once. */
record LaterStageListener(RunListener listener) implements RunListener {
    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Retrying retry) {
            listener.on(new RunEvent.Retrying(retry.split(), retry.attempt(), retry.failure(), retry.delay(), 0));
        }
    }
}
