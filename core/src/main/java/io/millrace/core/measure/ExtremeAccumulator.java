package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** {@code min} and {@code max} of types that fit a long: whether there was a value, and the least or greatest. */
final class ExtremeAccumulator extends Accumulator {
    private static final List<StateColumn> STATE = List.of(new StateColumn("value1", DataType.INT64));

    private final GroupRows rows;
    private final int at;
    private final boolean greatest;
    private long[] values = {};

    ExtremeAccumulator(Operands operands, boolean greatest, GroupRows rows) {
        super(operands);
        this.rows = rows;
        this.at = rows.reserve(2);
        this.greatest = greatest;
    }

    @Override
    List<StateColumn> stateColumns() {
        return STATE;
    }

    @Override
    void add(int[] groups, int count, RowInput input) {
        if (values.length < count) {
            values = new long[count];
        }
        FixedValues.read(argument(input), count, values);
        take(groups, count, values, counted(input, count));
    }

    private void take(int[] groups, int count, long[] taken, boolean[] counted) {
        long[] words = rows.words();
        int width = rows.width();
        // Complementing turns the greatest into the least.
        long flip = greatest ? -1 : 0;
        for (int row = 0; row < count; row++) {
            if (counted == null || counted[row]) {
                int place = groups[row] * width + at;
                if (words[place] == 0 || (taken[row] ^ flip) < (words[place + 1] ^ flip)) {
                    words[place] = 1;
                    words[place + 1] = taken[row];
                }
            }
        }
    }

    @Override
    void merge(int[] groups, int count, Column[] states) {
        boolean[] present = null;
        NullBitmap nulls = states[0].nulls();
        if (nulls.any()) {
            present = new boolean[count];
            for (int row = 0; row < count; row++) {
                present[row] = !nulls.isNull(row);
            }
        }
        take(groups, count, ((LongColumn) states[0]).values(), present);
    }

    @Override
    Column[] states(int from, int to) {
        return new Column[] {build(ColumnBuilder.of(DataType.INT64), from, to)};
    }

    @Override
    Column finish(BoundMeasure measure, int from, int to, Failures failures) {
        return build(ColumnBuilder.of(measure.type()), from, to);
    }

    private Column build(ColumnBuilder builder, int from, int to) {
        long[] words = rows.words();
        for (int group = from; group < to; group++) {
            int place = group * rows.width() + at;
            if (words[place] == 0) {
                builder.appendNull();
            } else {
                FixedValues.append(words[place + 1], builder);
            }
        }
        return builder.build();
    }
}
