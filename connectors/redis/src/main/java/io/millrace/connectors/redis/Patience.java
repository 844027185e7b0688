package io.millrace.connectors.redis;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;

/** Counts the attempts at one thing and waits between them. One thread. */
final class Patience {
    private final RetryPolicy policy;
    private int attempt;

    Patience(RetryPolicy policy) {
        this.policy = policy;
    }

    /** The next thing is tried, or this one has succeeded. */
    void begin() {
        attempt = 0;
    }

    /** Waits before the next attempt, or throws the failure where there is to be none. */
    void orThrow(MillraceException failed) {
        attempt++;
        if (!policy.retries(failed, attempt)) {
            throw failed;
        }
        try {
            // The wait of the retry policy: a server that restarts tells nobody when it is back.
            Thread.sleep(policy.delay(attempt).toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "stopped while waiting for Redis to recover", stopped);
        }
    }
}
