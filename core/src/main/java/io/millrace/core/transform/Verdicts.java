package io.millrace.core.transform;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import java.util.Arrays;

/**
 * Which rows of the batch at hand do not go on. A row's first verdict counts; later ones are ignored.
 *
 * <p>Rejections are noted and handed over at the end of the batch: storing a row is much code, which the JIT compiler would
 * otherwise take into every loop that can reject one. One thread.
 */
public final class Verdicts {
    private Batch batch;
    private Rejects rejects;
    private long[] gone = new long[0];
    private int goneRows;
    private int dropped;
    private int rejected;
    private int[] rejectedRows = new int[64];
    private String[] columns = new String[64];
    private String[] reasons = new String[64];

    /** Starts over with another batch. */
    public void begin(Batch newBatch, Rejects newRejects) {
        int words = newBatch.rowCount() + 63 >>> 6;
        if (gone.length < words) {
            gone = new long[words];
        } else if (goneRows > 0) {
            Arrays.fill(gone, 0);
        }
        batch = newBatch;
        rejects = newRejects;
        goneRows = 0;
        dropped = 0;
        rejected = 0;
    }

    /** True where some row does not go on. */
    public boolean any() {
        return goneRows > 0;
    }

    /** True where a row has its verdict. */
    public boolean isGone(int row) {
        return (gone[row >> 6] & 1L << row) != 0;
    }

    /** Rejects a row with the value it had when it came in. */
    public void reject(int row, String column, String reason) {
        if (!mark(row)) {
            return;
        }
        if (rejected == rejectedRows.length) {
            rejectedRows = Arrays.copyOf(rejectedRows, rejected * 2);
            columns = Arrays.copyOf(columns, rejected * 2);
            reasons = Arrays.copyOf(reasons, rejected * 2);
        }
        rejectedRows[rejected] = row;
        columns[rejected] = column;
        reasons[rejected++] = reason;
    }

    /** Leaves a row out on purpose. */
    public void drop(int row) {
        if (mark(row)) {
            dropped++;
        }
    }

    /** How many rows do not go on. */
    public int gone() {
        return goneRows;
    }

    private boolean mark(int row) {
        if (isGone(row)) {
            return false;
        }
        gone[row >> 6] |= 1L << row;
        goneRows++;
        return true;
    }

    /** The rows that go on, of a batch with the same rows; hands over the rejected and counts the dropped ones. */
    public Batch end(Batch cleaned) {
        for (int i = 0; i < rejected; i++) {
            rejects.reject(batch, rejectedRows[i], columns[i], reasons[i]);
        }
        if (dropped > 0) {
            rejects.filtered(dropped);
        }
        batch = null;
        rejects = null;
        if (goneRows == 0) {
            return cleaned;
        }
        int[] kept = new int[cleaned.rowCount() - goneRows];
        int count = 0;
        for (int row = 0; row < cleaned.rowCount(); row++) {
            if (!isGone(row)) {
                kept[count++] = row;
            }
        }
        return cleaned.select(Selection.of(kept, count));
    }
}
