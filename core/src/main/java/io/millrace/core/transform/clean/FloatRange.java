package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.NullBitmap;

/** A range of float64, in which -0.0 and 0.0 are the same and NaN is nowhere. */
final class FloatRange extends RangeRule {
    private final double min;
    private final double max;
    private double[] values;

    FloatRange(Outlier outlier, Column min, Column max) {
        super(outlier);
        this.min = min == null ? Double.NEGATIVE_INFINITY : ((DoubleColumn) min).get(0);
        this.max = max == null ? Double.POSITIVE_INFINITY : ((DoubleColumn) max).get(0);
    }

    @Override
    boolean isEmpty() {
        return !(min <= max);
    }

    @Override
    public void begin(Column column) {
        values = ((DoubleColumn) column).values();
    }

    @Override
    public Place place(int row) {
        double value = values[row];
        if (value >= min && value <= max) {
            return Place.INSIDE;
        }
        return value < min ? Place.BELOW : value > max ? Place.ABOVE : Place.NOWHERE;
    }

    @Override
    void clamp(int row, boolean toMin, boolean first) {
        values = first ? values.clone() : values;
        values[row] = toMin ? min : max;
    }

    @Override
    Column end(int rows, NullBitmap nulls) {
        return DoubleColumn.of(rows, nulls, values);
    }
}
