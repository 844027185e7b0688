package io.millrace.connectors.kafka;

/** What a message's value is. */
enum ValueKind {
    /** A JSON object, whose keys are columns. */
    JSON,
    /** UTF-8 text, one column. */
    STRING,
    /** Anything, one column. */
    BYTES
}
