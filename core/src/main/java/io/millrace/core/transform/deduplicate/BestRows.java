package io.millrace.core.transform.deduplicate;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.core.key.KeyReader;
import io.millrace.core.key.KeyRows;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Footprint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The best row of each key so far, as a place in the batches it has been given. Rows that have lost are dropped once they
 * take half of the memory. One thread.
 */
final class BestRows implements Fold {
    private final OrderedDeduplication step;
    private final long memoryLimit;
    private final KeyReader keys;
    private KeyRows best;
    private List<Batch> batches = new ArrayList<>();
    private long given;
    private long held;
    private long compactedAt;

    BestRows(OrderedDeduplication step, long memoryLimit) {
        this.step = step;
        this.memoryLimit = memoryLimit;
        this.keys = new KeyReader(
                step.partial(), step.key(), ThreadLocalRandom.current().nextLong());
        this.best = new KeyRows(keys.kind());
    }

    @Override
    public void add(Batch partials) {
        given += partials.rowCount();
        take(partials);
        if (held > memoryLimit / 2 && held > 2 * compactedAt) {
            compact();
        }
        if (held > memoryLimit) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    "deduplicate: the rows of " + best.size() + " keys take more than "
                            + new ByteSize(memoryLimit) + " of memory at once; give the process more heap"
                            + " (MILLRACE_JAVA_OPTS=-Xmx8g), fewer workers (run.parallelism), or the step fewer columns");
        }
    }

    private void take(Batch partials) {
        int number = batches.size();
        batches.add(partials);
        held += Footprint.of(partials);
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

    private void compact() {
        List<Batch> winners = winners();
        best = new KeyRows(keys.kind());
        batches = new ArrayList<>();
        held = 0;
        winners.forEach(this::take);
        compactedAt = held;
    }

    private List<Batch> winners() {
        List<BitSet> kept = new ArrayList<>();
        batches.forEach(batch -> kept.add(new BitSet(batch.rowCount())));
        best.forEach(place -> kept.get(KeyRows.batch(place)).set(KeyRows.rowInBatch(place)));
        List<Batch> winners = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            int[] rows = kept.get(i).stream().toArray();
            if (rows.length > 0) {
                winners.add(dense(batches.get(i).select(Selection.of(rows, rows.length))));
            }
            batches.set(i, null);
        }
        return winners;
    }

    /** Without the rows that it was selected from. */
    private static Batch dense(Batch selected) {
        return Batch.of(selected.schema(), selected.rowCount(), selected.columns(), null);
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        List<Batch> results = new ArrayList<>();
        long rows = 0;
        for (Batch winners : winners()) {
            rows += winners.rowCount();
            for (int from = 0; from < winners.rowCount(); from += batchRows) {
                results.add(winners.slice(from, (int) Math.min(winners.rowCount(), (long) from + batchRows)));
            }
        }
        rejects.deduplicated(Math.toIntExact(given - rows));
        return results.iterator();
    }
}
