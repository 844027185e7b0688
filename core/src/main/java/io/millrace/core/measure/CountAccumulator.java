package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** {@code count(*)} and {@code count(x)}. */
final class CountAccumulator extends Accumulator {
    private static final List<StateColumn> STATE = List.of(new StateColumn("count1", DataType.INT64));

    private final GroupRows rows;
    private final int at;

    CountAccumulator(Operands operands, GroupRows rows) {
        super(operands);
        this.rows = rows;
        this.at = rows.reserve(1);
    }

    @Override
    List<StateColumn> stateColumns() {
        return STATE;
    }

    @Override
    void add(int[] groups, int count, RowInput input) {
        boolean[] counted = counted(input, count);
        long[] words = rows.words();
        int width = rows.width();
        if (counted == null) {
            for (int row = 0; row < count; row++) {
                words[groups[row] * width + at]++;
            }
        } else {
            for (int row = 0; row < count; row++) {
                words[groups[row] * width + at] += counted[row] ? 1 : 0;
            }
        }
    }

    @Override
    void merge(int[] groups, int count, Column[] states) {
        long[] counts = ((LongColumn) states[0]).values();
        long[] words = rows.words();
        int width = rows.width();
        for (int row = 0; row < count; row++) {
            words[groups[row] * width + at] += counts[row];
        }
    }

    @Override
    Column[] states(int from, int to) {
        return new Column[] {rowWord(rows, at, from, to)};
    }

    @Override
    Column finish(BoundMeasure measure, int from, int to, Failures failures) {
        return rowWord(rows, at, from, to);
    }

    /** One word of each row as a column. */
    static LongColumn rowWord(GroupRows rows, int at, int from, int to) {
        long[] values = new long[to - from];
        long[] words = rows.words();
        for (int group = from; group < to; group++) {
            values[group - from] = words[group * rows.width() + at];
        }
        return LongColumn.of(DataType.INT64, values.length, NullBitmap.NONE, values);
    }
}
