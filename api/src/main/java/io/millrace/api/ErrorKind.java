package io.millrace.api;

/** Whose turn it is after a failure: decides whether to retry and how the command exits. */
public enum ErrorKind {
    /** The command, the pipeline file or what it names is wrong; nothing was touched. */
    USER(2, false),
    /** The data broke a limit that the pipeline sets: too many rejects, a failed check. */
    DATA(3, false),
    /** Another run holds the lease. */
    BUSY(4, false),
    /** A server or disk cannot be reached or used now; the same call may succeed later. */
    UNAVAILABLE(1, true),
    /** A server or disk answered and said no: wrong password, no permission. Asking again does not help. */
    DENIED(1, false),
    /** A newer run of the same pipeline has taken over; this one must not write any more. */
    FENCED(1, false),
    /** The answer to a commit was lost: it may or may not have happened. Look before doing anything, never clean up. */
    COMMIT_UNKNOWN(1, false),
    /** The source no longer holds what was planned; the run has to begin anew. */
    STALE(1, false),
    /** The run was told to stop, and can be resumed. */
    STOPPED(143, false),
    /** A defect of Millrace or of a plugin. */
    INTERNAL(1, false);

    private final int exitCode;
    private final boolean retryable;

    ErrorKind(int exitCode, boolean retryable) {
        this.exitCode = exitCode;
        this.retryable = retryable;
    }

    /** The exit code of a command that ends with such an error. */
    public int exitCode() {
        return exitCode;
    }

    /** True where a retry policy may try the same call again. */
    public boolean retryable() {
        return retryable;
    }
}
