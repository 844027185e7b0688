package io.millrace.api.data;

import java.util.Arrays;

/** A column of FLOAT64. */
public final class DoubleColumn extends Column {
    private final double[] values;

    private DoubleColumn(DataType type, int length, NullBitmap nulls, double[] values) {
        super(type, length, nulls);
        this.values = values;
    }

    /** Takes over the array, whose first {@code length} values are the column's. */
    public static DoubleColumn of(int length, NullBitmap nulls, double[] values) {
        return new DoubleColumn(DataType.FLOAT64, length, nulls, values);
    }

    /** The values; must not be changed. */
    public double[] values() {
        return values;
    }

    public double get(int row) {
        return values[row];
    }

    @Override
    Object object(int row) {
        return values[row];
    }

    @Override
    public DoubleColumn select(Selection selection) {
        double[] selected = new double[selection.count()];
        for (int place = 0; place < selected.length; ) {
            int end = selection.runEnd(place);
            System.arraycopy(values, selection.row(place), selected, place, end - place);
            place = end;
        }
        return new DoubleColumn(type(), selected.length, nulls().select(selection), selected);
    }

    /** Builds a {@link DoubleColumn}. */
    public static final class Builder extends ColumnBuilder {
        private double[] values = new double[INITIAL_CAPACITY];

        Builder() {
            super(DataType.FLOAT64);
        }

        public void append(double value) {
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
            if (value instanceof Double number) {
                append(number.doubleValue());
                return true;
            }
            return false;
        }

        @Override
        public DoubleColumn build() {
            int built = length;
            double[] handedOver = values;
            values = new double[Math.max(built, INITIAL_CAPACITY)];
            return new DoubleColumn(type, built, buildNulls(), handedOver);
        }
    }
}
