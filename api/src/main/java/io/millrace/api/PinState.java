package io.millrace.api;

/** What a pin, stored before a crash, still allows. */
public enum PinState {
    /** Planned splits can be read as if nothing had happened; finished ones stay finished. */
    VALID,
    /**
     * Planned splits can be read, but may lack rows that were changed since, which come with the next increment. Finished
     * ones stay finished, unless they left out rows in favour of such a row.
     */
    SUBSET,
    /** Finished splits stay finished; those not begun have to be planned again. */
    REPLAN_UNFINISHED,
    /** The source has changed: nothing that was read may be combined with what would be read now. */
    RESTART
}
