package io.millrace.core.transform.normalize;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import java.util.Arrays;

/** The rows of the batch at hand that do not go on; the first reason of a row counts. One thread. */
final class RefusedRows {
    private String column;
    private long[] gone = new long[0];
    private int count;
    private int[] rows = new int[16];
    private String[] columns = new String[16];
    private String[] reasons = new String[16];

    void begin(int rowCount) {
        int words = rowCount + 63 >>> 6;
        if (gone.length < words) {
            gone = new long[words];
        } else if (count > 0) {
            Arrays.fill(gone, 0);
        }
        count = 0;
    }

    /** Names the column whose values are at fault from now on. */
    RefusedRows of(String name) {
        column = name;
        return this;
    }

    void refuse(int row, String reason) {
        if ((gone[row >> 6] & 1L << row) != 0) {
            return;
        }
        gone[row >> 6] |= 1L << row;
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            columns = Arrays.copyOf(columns, 2 * count);
            reasons = Arrays.copyOf(reasons, 2 * count);
        }
        rows[count] = row;
        columns[count] = column;
        reasons[count++] = reason;
    }

    /** Hands the refused rows of the input over and returns the output's others. */
    Batch end(Batch input, Batch output, Rejects rejects) {
        if (count == 0) {
            return output;
        }
        for (int i = 0; i < count; i++) {
            rejects.reject(input, rows[i], columns[i], reasons[i]);
        }
        int[] kept = new int[output.rowCount() - count];
        int place = 0;
        for (int row = 0; row < output.rowCount(); row++) {
            if ((gone[row >> 6] & 1L << row) == 0) {
                kept[place++] = row;
            }
        }
        return output.select(Selection.of(kept, place));
    }
}
