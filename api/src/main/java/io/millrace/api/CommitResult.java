package io.millrace.api;

/** What a commit found. */
public enum CommitResult {
    COMMITTED,
    /** An earlier call with an equal id had committed; nothing was done. */
    ALREADY_COMMITTED
}
