package io.millrace.core.lookup;

import io.millrace.api.data.Column;
import java.util.BitSet;

/** Gives some rows of a column another value. */
public final class Filling {
    private Filling() {}

    /** The column with the first row of {@code value}, a column of the same type, in these rows. */
    public static Column fill(Column column, BitSet rows, Column value) {
        GrowingColumn both = GrowingColumn.of(column.type());
        both.appendAll(column);
        both.append(value, 0);
        int count = column.length();
        int[] places = new int[count];
        for (int row = 0; row < count; row++) {
            places[row] = rows.get(row) ? count : row;
        }
        return Gather.rows(both.column(), places, count);
    }
}
