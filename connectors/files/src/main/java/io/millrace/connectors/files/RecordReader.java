package io.millrace.connectors.files;

/** Appends the records of a text file to a builder, one at a time. One thread. */
interface RecordReader {
    RecordOutcome next();

    /** Of the last record, if it was rejected. */
    RecordFailure failure();

    /** The number of the last record's line, counted from 1 in what is read of the file. */
    long line();

    /** The byte of the unpacked file at which the last record began. */
    long offset();
}
