package io.millrace.api.data;

import io.millrace.api.data.DataType.ListType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A column of LIST: row {@code i} holds the elements {@code offsets[i] .. offsets[i + 1])}. A null row is empty. */
public final class ListColumn extends Column {
    private final int[] offsets;
    private final Column elements;

    private ListColumn(ListType type, int length, NullBitmap nulls, int[] offsets, Column elements) {
        super(type, length, nulls);
        this.offsets = offsets;
        this.elements = elements;
    }

    /** Takes over the array; {@code offsets} holds at least {@code length + 1} ascending places of {@code elements}. */
    public static ListColumn of(ListType type, int length, NullBitmap nulls, int[] offsets, Column elements) {
        if (!elements.type().equals(type.element())) {
            throw wrongType(ListColumn.class, type);
        }
        return new ListColumn(type, length, nulls, offsets, elements);
    }

    /** Where each row's elements start; must not be changed. */
    public int[] offsets() {
        return offsets;
    }

    /** The elements of all rows. */
    public Column elements() {
        return elements;
    }

    @Override
    Object object(int row) {
        List<Object> list = new ArrayList<>(offsets[row + 1] - offsets[row]);
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            list.add(elements.value(i));
        }
        return Collections.unmodifiableList(list);
    }

    @Override
    public ListColumn select(Selection selection) {
        int count = selection.count();
        int[] selectedOffsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            int row = selection.row(i);
            selectedOffsets[i + 1] = selectedOffsets[i] + offsets[row + 1] - offsets[row];
        }
        int[] elementRows = new int[selectedOffsets[count]];
        for (int i = 0; i < count; i++) {
            int start = offsets[selection.row(i)];
            for (int j = selectedOffsets[i]; j < selectedOffsets[i + 1]; j++) {
                elementRows[j] = start + j - selectedOffsets[i];
            }
        }
        Column selected = elements.select(Selection.of(elementRows, elementRows.length));
        return new ListColumn((ListType) type(), count, nulls().select(selection), selectedOffsets, selected);
    }

    /** Builds a {@link ListColumn}: append a row's elements to {@link #elements()}, then call {@link #endRow()}. */
    public static final class Builder extends ColumnBuilder {
        private final ColumnBuilder elements;
        private int[] offsets = new int[INITIAL_CAPACITY + 1];

        Builder(ListType type) {
            super(type);
            this.elements = ColumnBuilder.of(type.element());
        }

        /** Takes the elements of the row being built. */
        public ColumnBuilder elements() {
            return elements;
        }

        /** Ends the row: its list is what was appended to {@link #elements()} since the row before. */
        public void endRow() {
            if (length + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(offsets.length));
            }
            offsets[++length] = elements.length();
        }

        @Override
        void appendPlaceholder() {
            endRow();
        }

        @Override
        void truncated() {
            elements.truncate(offsets[length]);
        }

        @Override
        boolean appendObject(Object value) {
            if (!(value instanceof List<?> list)) {
                return false;
            }
            list.forEach(elements::append);
            endRow();
            return true;
        }

        @Override
        public ListColumn build() {
            int built = length;
            int[] builtOffsets = offsets;
            offsets = new int[Math.max(built, INITIAL_CAPACITY) + 1];
            Column builtElements = elements.build();
            return new ListColumn((ListType) type, built, buildNulls(), builtOffsets, builtElements);
        }
    }
}
