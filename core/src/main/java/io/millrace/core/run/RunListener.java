package io.millrace.core.run;

/** Hears a run's events. Called from several threads, one at a time; must be quick, and must not throw. */
@FunctionalInterface
public interface RunListener {
    void on(RunEvent event);

    /** Hears nothing. */
    RunListener NONE = event -> {};

    /** One that tells both, in this order. */
    static RunListener both(RunListener first, RunListener second) {
        return event -> {
            first.on(event);
            second.on(event);
        };
    }

    /** One that passes events on one at a time, whatever thread they come from. */
    static RunListener serialized(RunListener listener) {
        Object lock = new Object();
        return event -> {
            synchronized (lock) {
                listener.on(event);
            }
        };
    }
}
