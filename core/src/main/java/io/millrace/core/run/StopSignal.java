package io.millrace.core.run;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asks a run to stop at the next batch border. Thread-safe. */
public final class StopSignal implements StopCheck {
    private final List<Runnable> reactions = new CopyOnWriteArrayList<>();
    private volatile MillraceException reason;

    /** Asks to stop; the run stays resumable. Only the first request counts. */
    public void request() {
        request(new MillraceException(
                ErrorKind.STOPPED, "stopped on request; what was finished is kept, run again to resume"));
    }

    /** Asks to stop for another reason, with which {@link #check} then fails. */
    public void request(MillraceException why) {
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
        }
        reactions.forEach(Runnable::run);
    }

    public boolean requested() {
        return reason != null;
    }

    /** Throws the reason where a stop is requested. */
    @Override
    public void check() {
        if (reason != null) {
            throw reason;
        }
    }

    /** Runs the reaction when a stop is requested, at once where it was. */
    public void onRequest(Runnable reaction) {
        reactions.add(reaction);
        if (requested()) {
            reaction.run();
        }
    }
}
