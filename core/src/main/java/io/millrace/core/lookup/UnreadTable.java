package io.millrace.core.lookup;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.BitSet;

/** A table of which only the columns are known: enough to check a pipeline. */
record UnreadTable(TableLayout layout, String describe) implements PreparedLookup {
    @Override
    public Schema schema() {
        return layout.answerSchema();
    }

    @Override
    public Schema keys() {
        return layout.keySchema();
    }

    @Override
    public Batch find(Batch keys, BitSet missing) {
        throw new IllegalStateException(describe + " has not been read yet");
    }

    @Override
    public void close() {}
}
