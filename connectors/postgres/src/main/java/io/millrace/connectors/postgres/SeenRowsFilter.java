package io.millrace.connectors.postgres;

import io.millrace.api.BatchReader;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;

/** Leaves out the rows whose keys an earlier increment has taken, and counts them as deduplicated. */
final class SeenRowsFilter implements BatchReader {
    private final BatchReader rows;
    private final KeySet seen;
    private final Rejects rejects;

    SeenRowsFilter(BatchReader rows, KeySet seen, Rejects rejects) {
        this.rows = rows;
        this.seen = seen;
        this.rejects = rejects;
    }

    @Override
    public Batch next() {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            Selection unseen = unseen(batch);
            rejects.deduplicated(batch.rowCount() - unseen.count());
            if (unseen.count() > 0) {
                return batch.select(unseen);
            }
        }
        return null;
    }

    private Selection unseen(Batch batch) {
        boolean[] contained = seen.contained(batch);
        int[] kept = new int[contained.length];
        int count = 0;
        for (int row = 0; row < contained.length; row++) {
            kept[count] = row;
            count += contained[row] ? 0 : 1;
        }
        return Selection.of(kept, count);
    }

    @Override
    public long rowsRead() {
        return rows.rowsRead();
    }

    @Override
    public void close() {
        rows.close();
    }
}
