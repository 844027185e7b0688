package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.ListColumn;
import org.apache.parquet.column.ColumnWriter;

/** Writes lists in the standard layout of three levels: list, repeated group, nullable element. */
final class ListEncoder extends ColumnEncoder {
    private final ValueWriter values;
    /** The definition level of a list that is not null; one more: an element is there; two more: it is not null. */
    private final int present;

    ListEncoder(ValueWriter values, int present) {
        this.values = values;
        this.present = present;
    }

    @Override
    void write(ColumnWriter out, Column column, int from, int to) {
        ListColumn lists = (ListColumn) column;
        int[] offsets = lists.offsets();
        Column elements = lists.elements();
        for (int row = from; row < to; row++) {
            if (column.isNull(row)) {
                out.writeNull(0, 0);
            } else if (offsets[row] == offsets[row + 1]) {
                out.writeNull(0, present);
            } else {
                for (int i = offsets[row]; i < offsets[row + 1]; i++) {
                    int repetition = i == offsets[row] ? 0 : 1;
                    if (elements.isNull(i)) {
                        out.writeNull(repetition, present + 1);
                    } else {
                        values.write(out, elements, i, repetition, present + 2);
                    }
                }
            }
        }
    }
}
