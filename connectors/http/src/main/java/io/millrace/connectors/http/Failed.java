package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import java.time.Duration;
import java.util.Optional;

/** One attempt at a request did not succeed. */
final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorKind kind;
    private final boolean again;
    private final transient Optional<Duration> wait;

    private Failed(ErrorKind kind, boolean again, Optional<Duration> wait, String problem, Throwable cause) {
        super(problem, cause);
        this.kind = kind;
        this.again = again;
        this.wait = wait;
    }

    /** Asking again does not help. */
    static Failed finallyWith(ErrorKind kind, String problem) {
        return new Failed(kind, false, Optional.empty(), problem, null);
    }

    /** @param kind where it stays so however often it is tried */
    static Failed forNow(ErrorKind kind, String problem, Throwable cause) {
        return new Failed(kind, true, Optional.empty(), problem, cause);
    }

    /** @param wait what the server asked for, if it did */
    static Failed forNow(String problem, Optional<Duration> wait) {
        return new Failed(ErrorKind.UNAVAILABLE, true, wait, problem, null);
    }

    ErrorKind kind() {
        return kind;
    }

    boolean mayBeTriedAgain() {
        return again;
    }

    Optional<Duration> wait(Duration own) {
        return wait.map(asked -> asked.compareTo(own) > 0 ? asked : own);
    }
}
