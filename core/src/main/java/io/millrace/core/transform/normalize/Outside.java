package io.millrace.core.transform.normalize;

/** What a value outside of the vocabulary is in a vector of zeros and ones. */
public enum Outside {
    /** Nothing: it has no position. */
    ZEROS,
    /** A one in a position of its own behind the vocabulary. */
    POSITION,
    /** The row goes to the rejects. */
    REJECT
}
