package io.millrace.sandbox;

/** Hears how far a load has come, on the loading thread. */
@FunctionalInterface
public interface ProgressListener {
    /** That many rows of the table have been sent. */
    void rowsSent(long rows);
}
