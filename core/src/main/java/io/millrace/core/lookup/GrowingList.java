package io.millrace.core.lookup;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.ListColumn;
import java.util.Arrays;

/** A growing column of lists. */
final class GrowingList extends GrowingColumn {
    private final ListType listType;
    private final GrowingColumn elements;
    private int[] offsets = new int[1];

    GrowingList(ListType type) {
        super(type);
        this.listType = type;
        this.elements = GrowingColumn.of(type.element());
    }

    @Override
    void reserve(int rows, long bytes) {
        offsets = rows < offsets.length ? offsets : Arrays.copyOf(offsets, rows + 1);
    }

    @Override
    void appendValues(Column source, int from, int to, int first) {
        makeRoom();
        ListColumn lists = (ListColumn) source;
        int[] places = lists.offsets();
        int distance = offsets[first] - places[from];
        for (int row = from; row < to; row++) {
            offsets[first + row - from + 1] = Math.addExact(places[row + 1], distance);
        }
        elements.appendRange(lists.elements(), places[from], places[to]);
    }

    @Override
    void appendPlaceholder(int place) {
        makeRoom();
        offsets[place + 1] = offsets[place];
    }

    private void makeRoom() {
        if (length() >= offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, length() + 1L));
        }
    }

    @Override
    ListColumn column() {
        return ListColumn.of(listType, length(), nullBitmap(), offsets, elements.column());
    }
}
