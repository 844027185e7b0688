package io.millrace.connectors.redis;

/** How a row is kept under its key. */
enum ValueForm {
    /** A hash: a field for each column, and {@code _v}. */
    HASH,
    /** A string that holds a JSON object: a member for each column, {@code _v} first. */
    JSON,
    /** A string that holds one column; its version is under the key's name with {@code :_v} behind. */
    STRING
}
