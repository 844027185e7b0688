package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.transform.Verdicts;

/**
 * Converts a column cell by cell. Nulls stay nulls; a cell that has no exact counterpart in the target type rejects its row.
 * One thread: the column at hand is kept between {@link #begin} and {@link #end}.
 */
abstract class CellConversion {
    final Column apply(Column column, String name, Verdicts verdicts) {
        int rows = column.length();
        begin(column);
        NullBitmap nulls = column.nulls();
        boolean allPresent = !nulls.any() && !verdicts.any();
        for (int row = 0; row < rows; row++) {
            if (!allPresent && (nulls.isNull(row) || verdicts.isGone(row))) {
                skip();
                continue;
            }
            String reason = convert(row);
            if (reason != null) {
                verdicts.reject(row, name, reason);
                skip();
            }
        }
        return end(rows, nulls);
    }

    /** Prepares for a column of the source type. */
    abstract void begin(Column column);

    /** Converts a cell that is not null and returns null, or returns the reason why that is impossible. */
    abstract String convert(int row);

    /** Says that a row has no value: it is null, or does not go on. */
    void skip() {}

    /** The converted column. */
    abstract Column end(int length, NullBitmap nulls);
}
