package io.millrace.connectors.postgres;

import io.millrace.api.data.Column;
import io.millrace.api.data.ListColumn;

/** LIST into a one-dimensional array. */
final class ArrayEncoder extends CellEncoder {
    private static final int NULL = -1;

    private final CellEncoder element;
    private final int elementOid;
    private int[] offsets;
    private Column elements;

    ArrayEncoder(CellEncoder element, long elementOid) {
        this.element = element;
        this.elementOid = (int) elementOid;
    }

    @Override
    void bind(Column column) {
        ListColumn lists = (ListColumn) column;
        offsets = lists.offsets();
        elements = lists.elements();
        element.bind(elements);
    }

    @Override
    String encode(int row, CopyBuffer out) {
        int from = offsets[row];
        int to = offsets[row + 1];
        int lengthAt = out.size();
        out.putInt(0);
        out.putInt(from == to ? 0 : 1);
        int nullsAt = out.size();
        out.putInt(0);
        out.putInt(elementOid);
        if (from < to) {
            out.putInt(to - from);
            out.putInt(1);
        }
        boolean nulls = false;
        for (int i = from; i < to; i++) {
            if (elements.isNull(i)) {
                nulls = true;
                out.putInt(NULL);
                continue;
            }
            String problem = element.encode(i, out);
            if (problem != null) {
                return "element " + (i - from + 1) + ": " + problem;
            }
        }
        out.setInt(nullsAt, nulls ? 1 : 0);
        out.setInt(lengthAt, out.size() - lengthAt - 4);
        return null;
    }
}
