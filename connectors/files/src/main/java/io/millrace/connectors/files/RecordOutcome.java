package io.millrace.connectors.files;

/** What reading a record of a text file came to. */
enum RecordOutcome {
    ROW,
    REJECTED,
    END
}
