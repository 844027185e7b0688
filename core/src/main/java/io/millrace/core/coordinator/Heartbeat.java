package io.millrace.core.coordinator;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.run.StopSignal;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps a lease alive while a run goes on, and stops the run when another process has taken it. */
final class Heartbeat implements AutoCloseable {
    private static final long PERIOD_SECONDS = 5;

    private final ScheduledExecutorService timer;
    private final Ledger ledger;
    private final Lease lease;

    private Heartbeat(Ledger ledger, Lease lease, StopSignal stop) {
        this.ledger = ledger;
        this.lease = lease;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "millrace-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> beat(stop), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    static Heartbeat start(Ledger ledger, Lease lease, StopSignal stop) {
        return new Heartbeat(ledger, lease, stop);
    }

    private void beat(StopSignal stop) {
        try {
            ledger.heartbeat(lease);
        } catch (MillraceException failed) {
            // A ledger that cannot be written for a moment is tried again; a lost lease is final.
            if (failed.kind() == ErrorKind.FENCED) {
                stop.request(failed);
            }
        }
    }

    /** Ends the beat and gives the lease back. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            ledger.release(lease);
        } catch (MillraceException unreachable) {
            // The lease then ends with this process.
        }
    }
}
