package io.millrace.core.run;

/** Asked at every batch border whether work may go on. Thread-safe. */
@FunctionalInterface
public interface StopCheck {
    /** Throws where it may not. */
    void check();
}
