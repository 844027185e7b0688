package io.millrace.connectors.files;

/** Appends the records of a text file to a builder, one at a time. One thread. */
interface RecordReader {
    /** What {@link #next} did. */
    enum Outcome {
        ROW,
        REJECTED,
        END
    }

    /**
     * Why a record was left out.
     *
     * @param column at fault, or null
     * @param raw the value or record at fault, as text
     */
    record Failure(String column, String reason, String raw) {}

    Outcome next();

    /** Of the last record, if it was rejected. */
    Failure failure();

    /** The number of the last record's line, counted from 1 in what is read of the file. */
    long line();

    /** The byte of the unpacked file at which the last record began. */
    long offset();
}
