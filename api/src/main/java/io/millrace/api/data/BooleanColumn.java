package io.millrace.api.data;

import java.util.Arrays;

/** A column of BOOLEAN. */
public final class BooleanColumn extends Column {
    private final boolean[] values;

    private BooleanColumn(DataType type, int length, NullBitmap nulls, boolean[] values) {
        super(type, length, nulls);
        this.values = values;
    }

    /** Takes over the array, whose first {@code length} values are the column's. */
    public static BooleanColumn of(int length, NullBitmap nulls, boolean[] values) {
        return new BooleanColumn(DataType.BOOLEAN, length, nulls, values);
    }

    /** The values; must not be changed. */
    public boolean[] values() {
        return values;
    }

    public boolean get(int row) {
        return values[row];
    }

    @Override
    Object object(int row) {
        return values[row];
    }

    @Override
    public BooleanColumn select(Selection selection) {
        boolean[] selected = new boolean[selection.count()];
        for (int place = 0; place < selected.length; ) {
            int end = selection.runEnd(place);
            System.arraycopy(values, selection.row(place), selected, place, end - place);
            place = end;
        }
        return new BooleanColumn(type(), selected.length, nulls().select(selection), selected);
    }

    /** Builds a {@link BooleanColumn}. */
    public static final class Builder extends ColumnBuilder {
        private boolean[] values = new boolean[INITIAL_CAPACITY];

        Builder() {
            super(DataType.BOOLEAN);
        }

        public void append(boolean value) {
            if (length == values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
            values[length++] = value;
        }

        @Override
        void appendPlaceholder() {
            append(false);
        }

        @Override
        boolean appendObject(Object value) {
            if (value instanceof Boolean flag) {
                append(flag.booleanValue());
                return true;
            }
            return false;
        }

        @Override
        public BooleanColumn build() {
            int built = length;
            boolean[] handedOver = values;
            values = new boolean[Math.max(built, INITIAL_CAPACITY)];
            return new BooleanColumn(type, built, buildNulls(), handedOver);
        }
    }
}
