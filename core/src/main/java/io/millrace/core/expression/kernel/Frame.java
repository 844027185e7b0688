package io.millrace.core.expression.kernel;

import io.millrace.api.data.Batch;

/**
 * One evaluation: the batch, and the rows of it that count. A kernel computes a column as long as the batch, but what it
 * yields for rows that do not count is unspecified, and they cannot fail: so a branch of CASE fails only where it is taken.
 */
public final class Frame {
    private final Batch batch;
    private final long[] counting;
    private final RowFailures failures;

    private Frame(Batch batch, long[] counting, RowFailures failures) {
        this.batch = batch;
        this.counting = counting;
        this.failures = failures;
    }

    /** All rows of a batch. */
    public static Frame all(Batch batch, RowFailures failures) {
        return new Frame(batch, null, failures);
    }

    /** The rows of this frame whose bits are set here too; takes the array over. */
    Frame within(long[] words) {
        if (counting != null) {
            for (int i = 0; i < words.length; i++) {
                words[i] &= counting[i];
            }
        }
        return new Frame(batch, words, failures);
    }

    Batch batch() {
        return batch;
    }

    int rows() {
        return batch.rowCount();
    }

    boolean counts(int row) {
        return counting == null || (counting[row >> 6] & 1L << row) != 0;
    }

    /** A copy of the bits of the rows that count. */
    long[] words() {
        if (counting != null) {
            return counting.clone();
        }
        long[] all = new long[rows() + 63 >>> 6];
        java.util.Arrays.fill(all, -1);
        return all;
    }

    /** Notes that a row has no value, if it counts. */
    void fail(int row, String reason) {
        if (counts(row)) {
            failures.fail(row, reason);
        }
    }
}
