package io.millrace.formats.parquet;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.ListColumn;
import org.apache.parquet.column.ColumnWriter;

/** Writes lists in the standard layout of three levels: list, repeated group, nullable element. */
final class ListEncoder extends ColumnEncoder {
    private final ColumnEncoder elementEncoder;

    ListEncoder(DataType element, int present) {
        super(present);
        this.elementEncoder = of(element, present + 2);
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
                        elementEncoder.writeElement(out, elements, i, repetition);
                    }
                }
            }
        }
    }

    @Override
    void writeElement(ColumnWriter out, Column column, int row, int repetition) {
        throw new IllegalStateException("a list of lists cannot be written");
    }
}
