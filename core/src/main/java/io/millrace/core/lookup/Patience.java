package io.millrace.core.lookup;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How whoever reads a table waits, and learns that it should stop. */
public interface Patience {
    /** Throws where the run is told to stop. */
    void check();

    /** Waits, less long where the run is told to stop. */
    void await(Duration delay);

    /** Of a command that an interrupt ends. */
    Patience UNTIL_INTERRUPTED = new Patience() {
        @Override
        public void check() {
            if (Thread.interrupted()) {
                throw stopped(null);
            }
        }

        @Override
        public void await(Duration delay) {
            try {
                // Nobody counts it down: only time ends the wait.
                new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw stopped(stop);
            }
        }

        private MillraceException stopped(InterruptedException stop) {
            return new MillraceException(ErrorKind.STOPPED, "reading a look-up was stopped", stop);
        }
    };
}
