package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.NullBitmap;

/** A range of decimals, compared as unscaled numbers of 128 bits: all have the column's scale. */
final class DecimalRange extends RangeRule {
    private final DecimalColumn min;
    private final DecimalColumn max;
    private DecimalColumn column;
    private long[] low;
    private long[] high;

    DecimalRange(Outlier outlier, Column min, Column max) {
        super(outlier);
        this.min = (DecimalColumn) min;
        this.max = (DecimalColumn) max;
    }

    @Override
    boolean isEmpty() {
        return min != null && max != null && compare(min.low(), min.high(), 0, max) > 0;
    }

    @Override
    public void begin(Column decimals) {
        column = (DecimalColumn) decimals;
        low = column.low();
        high = column.high();
    }

    @Override
    public Place place(int row) {
        if (min != null && compare(low, high, row, min) < 0) {
            return Place.BELOW;
        }
        return max != null && compare(low, high, row, max) > 0 ? Place.ABOVE : Place.INSIDE;
    }

    private static int compare(long[] low, long[] high, int row, DecimalColumn bound) {
        if (high == null) {
            return Long.compare(low[row], bound.low()[0]);
        }
        int upper = Long.compare(high[row], bound.high()[0]);
        return upper != 0 ? upper : Long.compareUnsigned(low[row], bound.low()[0]);
    }

    @Override
    void clamp(int row, boolean toMin, boolean first) {
        DecimalColumn bound = toMin ? min : max;
        if (first) {
            low = low.clone();
            high = high == null ? null : high.clone();
        }
        low[row] = bound.low()[0];
        if (high != null) {
            high[row] = bound.high()[0];
        }
    }

    @Override
    Column end(int rows, NullBitmap nulls) {
        return DecimalColumn.of(column.decimalType(), rows, nulls, low, high);
    }
}
