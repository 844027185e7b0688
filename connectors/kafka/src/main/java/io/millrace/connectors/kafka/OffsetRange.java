package io.millrace.connectors.kafka;

/** The messages of one partition with offsets {@code from} (inclusive) to {@code to} (exclusive); not all of them exist. */
record OffsetRange(int partition, long from, long to) {
    long size() {
        return to - from;
    }
}
