package io.millrace.core.transform.deduplicate;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.core.key.KeyReader;
import io.millrace.core.key.KeyRows;
import io.millrace.core.keyed.Fold;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The best row of each key so far, as a place in the batches it has been given. One thread. */
final class BestRows implements Fold {
    private final OrderedDeduplication step;
    private final KeyReader keys;
    private final KeyRows best;
    private final List<Batch> batches = new ArrayList<>();

    BestRows(OrderedDeduplication step) {
        this.step = step;
        this.keys = new KeyReader(
                step.partial(), step.key(), ThreadLocalRandom.current().nextLong());
        this.best = new KeyRows(keys.kind());
    }

    @Override
    public void add(Batch partials) {
        int number = batches.size();
        batches.add(partials);
        keys.read(partials);
        for (int row = 0; row < partials.rowCount(); row++) {
            int slot = best.find(keys, row);
            long other = best.row(slot);
            if (other == KeyRows.NONE
                    || step.better(partials, row, batches.get(KeyRows.batch(other)), KeyRows.rowInBatch(other))) {
                best.set(slot, number, row);
            }
        }
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        List<BitSet> kept = new ArrayList<>();
        batches.forEach(batch -> kept.add(new BitSet(batch.rowCount())));
        best.forEach(place -> kept.get(KeyRows.batch(place)).set(KeyRows.rowInBatch(place)));
        List<Batch> results = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.set(i, null);
            int[] rows = kept.get(i).stream().toArray();
            if (rows.length < batch.rowCount()) {
                rejects.deduplicated(batch.rowCount() - rows.length);
            }
            if (rows.length > 0) {
                Batch winners = batch.select(Selection.of(rows, rows.length));
                for (int from = 0; from < rows.length; from += batchRows) {
                    results.add(winners.slice(from, Math.min(rows.length, from + batchRows)));
                }
            }
        }
        return results.iterator();
    }
}
