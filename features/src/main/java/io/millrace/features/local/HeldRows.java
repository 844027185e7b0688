package io.millrace.features.local;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.core.keyed.Footprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that are kept until all are there, and then looked at by number. One thread. */
final class HeldRows {
    private final String what;
    private final long memoryLimit;
    private final List<Batch> batches = new ArrayList<>();
    private long bytes;
    private int rows;
    private int[] batchOf = {};
    private int[] starts = {};

    /** @param what holds them, for the message where they are too many */
    HeldRows(String what, long memoryLimit) {
        this.what = what;
        this.memoryLimit = memoryLimit;
    }

    void add(Batch batch) {
        bytes += Footprint.of(batch);
        if (bytes > memoryLimit) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    what + ": the rows that must be looked at together take more than " + new ByteSize(memoryLimit)
                            + " of memory; give the process more heap (MILLRACE_JAVA_OPTS=-Xmx8g), fewer workers"
                            + " (run.parallelism), or the run fewer days");
        }
        batches.add(batch);
        rows = Math.addExact(rows, batch.rowCount());
    }

    /** Numbers the rows: there are no more. */
    void number() {
        batchOf = new int[rows];
        starts = new int[batches.size()];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            at += batches.get(i).rowCount();
            Arrays.fill(batchOf, starts[i], at, i);
        }
    }

    int rows() {
        return rows;
    }

    List<Batch> batches() {
        return batches;
    }

    /** The number of a batch's first row. */
    int start(int batch) {
        return starts[batch];
    }

    Batch batch(int row) {
        return batches.get(batchOf[row]);
    }

    int place(int row) {
        return row - starts[batchOf[row]];
    }

    Column column(int row, int position) {
        return batch(row).column(position);
    }
}
