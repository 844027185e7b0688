package io.millrace.api;

/** What writing the same run twice would do, which decides what a finished run may do again. */
public enum WriteMode {
    /** Adds rows: a second run of the same window would double them, so it is refused. */
    APPEND,
    /** Replaces everything in the target. */
    OVERWRITE,
    /** Replaces the rows of the run's window. */
    REPLACE_WINDOW,
    /** Replaces the partitions that the run has rows for. */
    OVERWRITE_PARTITIONS,
    /** Replaces rows by key. */
    UPSERT;

    /** True where running again leaves the same content. */
    public boolean repeatable() {
        return this != APPEND;
    }
}
