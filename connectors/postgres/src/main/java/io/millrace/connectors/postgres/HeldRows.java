package io.millrace.connectors.postgres;

import io.millrace.api.data.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Batches whose rows, numbered on from 0, were sent and may have to be sent again. */
final class HeldRows {
    private final List<Batch> batches = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private int count;
    private long bytes;

    /** @param encodedBytes what the batch takes on the wire, as a measure of what it takes here */
    void add(Batch batch, int encodedBytes) {
        batches.add(batch);
        starts.add(count);
        count += batch.rowCount();
        bytes += encodedBytes;
    }

    void clear() {
        batches.clear();
        starts.clear();
        count = 0;
        bytes = 0;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** The position of the batch that holds a row. */
    int batchOf(int row) {
        int found = Collections.binarySearch(starts, row);
        return found >= 0 ? found : -found - 2;
    }

    Batch batch(int position) {
        return batches.get(position);
    }

    /** The number of a batch's first row. */
    int start(int position) {
        return starts.get(position);
    }
}
