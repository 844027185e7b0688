package io.millrace.connectors.kafka;

/** What becomes of a message without a value, which in a compacted topic says that its key is deleted. */
enum Tombstones {
    /** It is counted as filtered. */
    SKIP,
    /** It becomes a row whose columns of the value are null. */
    KEEP,
    /** It is rejected. */
    REJECT
}
