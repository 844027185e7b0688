package io.millrace.api;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.BitSet;

/** Answers key rows with value rows. One thread. */
public interface Lookup extends AutoCloseable {
    /** The columns of the answers. */
    Schema schema();

    /** Row i answers key row i; where {@code missing} is set there is no such key, and row i is all null. */
    Batch find(Batch keys, BitSet missing);

    @Override
    void close();
}
