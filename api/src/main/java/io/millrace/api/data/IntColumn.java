package io.millrace.api.data;

import java.time.LocalDate;
import java.util.Arrays;

/** A column of INT32, or of DATE as days since 1970-01-01. */
public final class IntColumn extends Column {
    private final int[] values;

    private IntColumn(DataType type, int length, NullBitmap nulls, int[] values) {
        super(type, length, nulls);
        this.values = values;
    }

    /** Takes over the array, whose first {@code length} values are the column's. */
    public static IntColumn of(DataType type, int length, NullBitmap nulls, int[] values) {
        return new IntColumn(type, length, nulls, values);
    }

    /** The values; must not be changed. */
    public int[] values() {
        return values;
    }

    public int get(int row) {
        return values[row];
    }

    @Override
    Object object(int row) {
        return type().kind() == DataType.Kind.DATE ? (Object) LocalDate.ofEpochDay(values[row]) : (Object) values[row];
    }

    @Override
    public IntColumn select(Selection selection) {
        int[] selected = new int[selection.count()];
        for (int place = 0; place < selected.length; ) {
            int end = selection.runEnd(place);
            System.arraycopy(values, selection.row(place), selected, place, end - place);
            place = end;
        }
        return new IntColumn(type(), selected.length, nulls().select(selection), selected);
    }

    /** Builds a {@link IntColumn}. */
    public static final class Builder extends ColumnBuilder {
        private int[] values = new int[INITIAL_CAPACITY];

        Builder(DataType type) {
            super(type);
        }

        public void append(int value) {
            if (length == values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
            values[length++] = value;
        }

        @Override
        void appendPlaceholder() {
            append(0);
        }

        @Override
        boolean appendObject(Object value) {
            if (type.kind() == DataType.Kind.DATE) {
                if (value instanceof LocalDate date) {
                    append(Math.toIntExact(date.toEpochDay()));
                    return true;
                }
            } else if (value instanceof Integer number) {
                append(number.intValue());
                return true;
            }
            return false;
        }

        @Override
        public IntColumn build() {
            int built = length;
            int[] handedOver = values;
            values = new int[Math.max(built, INITIAL_CAPACITY)];
            return new IntColumn(type, built, buildNulls(), handedOver);
        }
    }
}
