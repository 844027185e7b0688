package io.millrace.connectors.kafka;

/** Where a run without a window begins to read. */
enum StartFrom {
    /** At the oldest message that is there, every time. */
    EARLIEST,
    /** Where the previous run ended; the first time at the end. */
    LATEST,
    /** Where the previous run ended; the first time at the oldest message. */
    POSITION;

    /** True where runs go on where the previous one ended. */
    boolean incremental() {
        return this != EARLIEST;
    }
}
