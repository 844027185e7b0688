package io.millrace.engines.spark.batch;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.run.StopSignal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Sees failures of tasks which no repetition would mend, so that Spark need not try. */
final class FailureWatch extends SparkListener {
    private final AtomicReference<MillraceException> failure = new AtomicReference<>();
    private final StopSignal stop;
    private final Runnable cancel;

    /** @param cancel ends the job */
    FailureWatch(StopSignal stop, Runnable cancel) {
        this.stop = stop;
        this.cancel = cancel;
    }

    /** A request to stop may have come before there was a job to cancel. */
    @Override
    public void onJobStart(SparkListenerJobStart start) {
        if (stop.requested()) {
            cancel.run();
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.reason() instanceof ExceptionFailure failed
                && failed.exception().isDefined()) {
            understood(failed.exception().get())
                    .filter(known -> !known.kind().retryable() && known.kind() != ErrorKind.STOPPED)
                    .filter(known -> failure.compareAndSet(null, known))
                    .ifPresent(known -> cancel.run());
        }
    }

    /** The failure that was seen. */
    Optional<MillraceException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** The failure of ours behind one of Spark's. */
    static Optional<MillraceException> understood(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof MillraceException known) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
