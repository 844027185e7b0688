package io.millrace.connectors.http;

import java.time.Duration;
import java.util.Optional;

/** Spreads the requests of all readers evenly, and holds all of them back when the server asks for a pause. Thread-safe. */
final class Pace {
    private final long interval;
    private long free = System.nanoTime();

    Pace(Optional<RateLimit> limit) {
        this.interval = limit.map(RateLimit::interval).map(Duration::toNanos).orElse(0L);
    }

    /** Waits for the next turn. */
    void await(Stop stop) {
        stop.check();
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            long turn = free - now > 0 ? free : now;
            free = turn + interval;
            wait = turn - now;
        }
        if (wait > 0) {
            stop.pause(Duration.ofNanos(wait));
        }
    }

    /** Lets nobody ask for some time. */
    synchronized void hold(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        free = until - free > 0 ? until : free;
    }

    /** How long the next request would wait. */
    synchronized Duration waiting() {
        return Duration.ofNanos(Math.max(0, free - System.nanoTime()));
    }
}
