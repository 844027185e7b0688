package io.millrace.connectors.delta;

/** What happens where the run's columns are not the table's. */
enum SchemaPolicy {
    /** Columns that are new to the table are added to it; those that the run lacks become null. */
    EVOLVE,
    /** The run is refused. */
    FREEZE
}
