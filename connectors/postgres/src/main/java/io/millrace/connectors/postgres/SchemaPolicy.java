package io.millrace.connectors.postgres;

/** What may happen to a table whose columns are not those of the rows. */
enum SchemaPolicy {
    /** A missing table is created, missing columns are added, columns that are too narrow are widened. */
    EVOLVE,
    /** Nothing: the table has to be there, with columns for all of the rows' columns. */
    FREEZE
}
