package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.util.List;

/** {@code sum} and {@code avg}: how many values, and their exact sum. */
final class SumAccumulator extends Accumulator {
    private static final List<StateColumn> STATE = List.of(
            new StateColumn("count1", DataType.INT64),
            new StateColumn("high1", DataType.INT64),
            new StateColumn("low1", DataType.INT64),
            new StateColumn("wide1", DataType.BINARY));

    private final GroupRows rows;
    private final int at;
    private final WideSums wide = new WideSums();
    private final FixedSum sum;
    private final SumResults results;

    SumAccumulator(Operands operands, DataType type, GroupRows rows) {
        super(operands);
        NumberUnits units = NumberUnits.of(type);
        this.rows = rows;
        this.at = rows.reserve(1);
        this.sum = new FixedSum(rows, wide, units.wideShift());
        this.results = new SumResults(units);
    }

    @Override
    List<StateColumn> stateColumns() {
        return STATE;
    }

    @Override
    void add(int[] groups, int count, RowInput input) {
        boolean[] counted = counted(input, count);
        Column argument = argument(input);
        long[] words = rows.words();
        int width = rows.width();
        if (argument instanceof DoubleColumn doubles) {
            addDoubles(groups, count, counted, doubles.values());
        } else if (argument instanceof LongColumn longs) {
            addLongs(groups, count, counted, longs.values());
        } else if (argument instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int row = 0; row < count; row++) {
                if (counted == null || counted[row]) {
                    sum.add(words, groups[row], values[row] >> 31, values[row]);
                }
            }
        } else {
            DecimalColumn decimals = (DecimalColumn) argument;
            if (decimals.high() == null) {
                addLongs(groups, count, counted, decimals.low());
            } else {
                for (int row = 0; row < count; row++) {
                    if (counted == null || counted[row]) {
                        sum.add(words, groups[row], decimals.high()[row], decimals.low()[row]);
                    }
                }
            }
        }
        for (int row = 0; row < count; row++) {
            words[groups[row] * width + at] += counted == null || counted[row] ? 1 : 0;
        }
    }

    private void addLongs(int[] groups, int count, boolean[] counted, long[] values) {
        long[] words = rows.words();
        for (int row = 0; row < count; row++) {
            if (counted == null || counted[row]) {
                sum.add(words, groups[row], values[row] >> 63, values[row]);
            }
        }
    }

    private void addDoubles(int[] groups, int count, boolean[] counted, double[] values) {
        long[] words = rows.words();
        for (int row = 0; row < count; row++) {
            if ((counted == null || counted[row]) && !sum.add(words, groups[row], values[row])) {
                addWide(groups[row], values[row]);
            }
        }
    }

    private void addWide(int group, double value) {
        Wide part = wide.of(group);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            part.addSpecial(value);
        } else {
            part.sum = part.sum.add(NumberUnits.wide(value));
        }
    }

    @Override
    void merge(int[] groups, int count, Column[] states) {
        long[] counts = ((LongColumn) states[0]).values();
        long[] highs = ((LongColumn) states[1]).values();
        long[] lows = ((LongColumn) states[2]).values();
        long[] words = rows.words();
        int width = rows.width();
        for (int row = 0; row < count; row++) {
            words[groups[row] * width + at] += counts[row];
            sum.add(words, groups[row], highs[row], lows[row]);
        }
        if (states[3].nulls().count(count) < count) {
            wide.merge(groups, count, states[3]);
        }
    }

    @Override
    Column[] states(int from, int to) {
        return new Column[] {
            CountAccumulator.rowWord(rows, at, from, to),
            CountAccumulator.rowWord(rows, sum.at(), from, to),
            CountAccumulator.rowWord(rows, sum.at() + 1, from, to),
            wide.states(from, to)
        };
    }

    @Override
    Column finish(BoundMeasure measure, int from, int to, Failures failures) {
        ColumnBuilder builder = ColumnBuilder.of(measure.type());
        boolean average = measure.measure() instanceof Measure.Average;
        for (int group = from; group < to; group++) {
            long values = rows.words()[group * rows.width() + at];
            if (values == 0) {
                builder.appendNull();
                continue;
            }
            Wide part = wide.find(group);
            String failure =
                    switch (measure.type().kind()) {
                        case FLOAT64 -> results.appendDouble(builder, sum, group, part, average ? values : 1);
                        case INT64 -> results.appendLong(builder, sum, group, part);
                        case DECIMAL -> results.appendDecimal(
                                builder, (DecimalType) measure.type(), sum, group, part, average ? values : 1);
                        case BOOLEAN,
                                INT32,
                                STRING,
                                BINARY,
                                DATE,
                                TIMESTAMP,
                                JSON,
                                LIST -> throw new IllegalStateException("a sum of type " + measure.type());
                    };
            if (failure != null) {
                builder.appendNull();
                failures.add(group - from, measure.name(), failure);
            }
        }
        return builder.build();
    }

    @Override
    long bytes() {
        return wide.bytes();
    }

    @Override
    void clear() {
        wide.clear();
    }
}
