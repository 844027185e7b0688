package io.millrace.core.transform.clean;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;

/** A range of whole numbers, dates or timestamps. */
final class WholeRange extends RangeRule {
    private final long min;
    private final long max;
    private DataType type;
    private int[] ints;
    private long[] longs;

    WholeRange(Outlier outlier, Column min, Column max) {
        super(outlier);
        this.min = min == null ? Long.MIN_VALUE : first(min);
        this.max = max == null ? Long.MAX_VALUE : first(max);
    }

    private static long first(Column bound) {
        return bound instanceof IntColumn narrow ? narrow.get(0) : ((LongColumn) bound).get(0);
    }

    @Override
    boolean isEmpty() {
        return min > max;
    }

    @Override
    public void begin(Column column) {
        type = column.type();
        ints = column instanceof IntColumn narrow ? narrow.values() : null;
        longs = column instanceof LongColumn wide ? wide.values() : null;
    }

    @Override
    public Place place(int row) {
        long value = ints == null ? longs[row] : ints[row];
        return value < min ? Place.BELOW : value > max ? Place.ABOVE : Place.INSIDE;
    }

    @Override
    void clamp(int row, boolean toMin, boolean first) {
        long bound = toMin ? min : max;
        if (ints != null) {
            ints = first ? ints.clone() : ints;
            ints[row] = (int) bound;
        } else {
            longs = first ? longs.clone() : longs;
            longs[row] = bound;
        }
    }

    @Override
    Column end(int rows, NullBitmap nulls) {
        return ints == null ? LongColumn.of(type, rows, nulls, longs) : IntColumn.of(type, rows, nulls, ints);
    }
}
