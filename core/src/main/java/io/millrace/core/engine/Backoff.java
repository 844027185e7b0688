package io.millrace.core.engine;

import java.time.Duration;

/** Waits between two attempts; a STOPPED error where the run ends meanwhile. */
interface Backoff {
    void await(Duration delay);
}
