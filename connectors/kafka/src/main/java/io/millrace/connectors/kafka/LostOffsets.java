package io.millrace.connectors.kafka;

/** What to do where messages were deleted before they were read. */
enum LostOffsets {
    /** The run ends and says which. */
    FAIL,
    /** The run goes on with the oldest message that is there, and says which are missing. */
    EARLIEST
}
