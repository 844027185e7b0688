package io.millrace.api;

/** What opening a split a second time yields, within a run and after a crash (see {@link Extractor#check}). */
public enum Repeatability {
    /** The same rows. */
    REPEATABLE,
    /** A subset of the same rows; what is missing has changed since and comes with the next increment. */
    BOUNDED_REPEATABLE,
    /** Nothing can be promised. */
    ONCE
}
