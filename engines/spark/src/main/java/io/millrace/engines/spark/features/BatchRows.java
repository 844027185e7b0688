package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of batches one after the other, all in one object: whoever keeps a row copies it. One thread. */
final class BatchRows implements Iterator<InternalRow> {
    private final Iterator<Batch> batches;
    private BatchRow row;
    private int rows;
    private int next;

    BatchRows(Iterator<Batch> batches) {
        this.batches = batches;
    }

    @Override
    public boolean hasNext() {
        while (next == rows) {
            if (!batches.hasNext()) {
                return false;
            }
            Batch batch = batches.next();
            row = new BatchRow(batch);
            rows = batch.rowCount();
            next = 0;
        }
        return true;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return row.at(next++);
    }
}
