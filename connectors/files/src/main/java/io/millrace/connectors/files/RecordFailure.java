package io.millrace.connectors.files;

/**
 * Why a record of a text file was left out.
 *
 * @param column at fault, or null
 * @param raw the value or record at fault, as text
 */
record RecordFailure(String column, String reason, String raw) {}
