package io.millrace.connectors.postgres;

/** By the ids of the transactions that wrote the rows, see {@link Position}: loses none and doubles none. */
record BySnapshot() implements Incremental {}
