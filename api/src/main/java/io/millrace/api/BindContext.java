package io.millrace.api;

import java.time.Instant;

/** What a row transform may know of its run. */
public interface BindContext {
    /** When the run began, the same on every worker and after a resume. */
    Instant runStart();

    /** A look-up prepared for this run; a user error where there is none of this name. */
    Lookup lookup(String artifact);
}
