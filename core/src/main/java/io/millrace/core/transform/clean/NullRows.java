package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import java.util.function.IntConsumer;

/** Visits a column's nulls, 64 rows at a time. */
final class NullRows {
    private NullRows() {}

    static void forEach(Column column, IntConsumer action) {
        if (!column.nulls().any()) {
            return;
        }
        long[] words = column.nulls().toWords(column.length());
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                int row = (i << 6) + Long.numberOfTrailingZeros(word);
                if (row < column.length()) {
                    action.accept(row);
                }
            }
        }
    }
}
