package io.millrace.core.expression.kernel;

import java.util.Arrays;

/**
 * The rows of a batch for which an expression has no value, each with its first reason: overflow, division by zero, a failed
 * cast. Who evaluates hands them to the rejects. One thread; may be used for batch after batch.
 */
public final class RowFailures {
    private long[] failed = new long[0];
    private int[] rows = new int[16];
    private String[] reasons = new String[16];
    private int[] sources = new int[16];
    private int count;
    private int source;

    /** Forgets everything: the next rows are those of a batch of this size. */
    public void begin(int batchRows) {
        int words = batchRows + 63 >>> 6;
        if (failed.length < words) {
            failed = new long[words];
        } else if (count > 0) {
            Arrays.fill(failed, 0);
        }
        count = 0;
        source = 0;
    }

    /** Says by number which expression fails from now on, for {@link Taker}; 0 where nothing is said. */
    public void from(int expression) {
        source = expression;
    }

    void fail(int row, String reason) {
        if (failed(row)) {
            return;
        }
        failed[row >> 6] |= 1L << row;
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, count * 2);
            reasons = Arrays.copyOf(reasons, count * 2);
            sources = Arrays.copyOf(sources, count * 2);
        }
        rows[count] = row;
        sources[count] = source;
        reasons[count++] = reason;
    }

    /** How many rows have failed. */
    public int count() {
        return count;
    }

    public boolean failed(int row) {
        return (failed[row >> 6] & 1L << row) != 0;
    }

    /** Hands the failures over, in the order in which they were found. */
    public void forEach(Taker taker) {
        for (int i = 0; i < count; i++) {
            taker.take(rows[i], sources[i], reasons[i]);
        }
    }

    /** Takes failures. */
    public interface Taker {
        /**
         * @param expression what {@link #from} said
         * @param reason one phrase, such as "division by zero"
         */
        void take(int row, int expression, String reason);
    }
}
