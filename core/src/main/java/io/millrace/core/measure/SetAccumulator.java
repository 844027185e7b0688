package io.millrace.core.measure;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.Arrays;
import java.util.List;

/** {@code count(DISTINCT x)}, {@code collect_set(x)}, {@code top(x, n)} and the like: every distinct value of a group, and how often. */
final class SetAccumulator extends Accumulator {
    private final List<StateColumn> state;
    private final DataType type;
    private final boolean counting;
    private final GroupRows rows;
    private final int at;
    private final ValueSets sets;

    /** @param counting whether it matters how often a value occurs */
    SetAccumulator(Operands operands, DataType type, boolean counting, GroupRows rows) {
        super(operands);
        this.type = type;
        this.counting = counting;
        this.rows = rows;
        this.at = rows.reserve(1);
        this.sets = ValueSets.of(type);
        this.state = List.of(new StateColumn(counting ? "frequencies1" : "values1", DataType.BINARY));
    }

    @Override
    List<StateColumn> stateColumns() {
        return state;
    }

    @Override
    void grow(int groups) {
        sets.growGroups(groups);
    }

    @Override
    void add(int[] groups, int count, RowInput input) {
        boolean[] counted = counted(input, count);
        sets.begin(argument(input), count);
        for (int row = 0; row < count; row++) {
            if (counted == null || counted[row]) {
                take(groups[row], row, 1);
            }
        }
    }

    private void take(int group, int row, long times) {
        int pair = sets.find(group, row);
        if (sets.count(pair) == 0) {
            rows.words()[group * rows.width() + at]++;
            sets.count(pair, times);
        } else if (counting) {
            sets.count(pair, times);
        }
    }

    /** States are values one after the other, each with its count where that matters. */
    @Override
    void merge(int[] groups, int count, Column[] states) {
        BytesColumn column = (BytesColumn) states[0];
        OrderedBytesReader reader = new OrderedBytesReader();
        boolean fixed = sets instanceof LongSets;
        // The values of all rows in one column: making one for each row would cost more than all the rest.
        ColumnBuilder values = ColumnBuilder.of(type);
        LongColumn.Builder times = (LongColumn.Builder) ColumnBuilder.of(DataType.INT64);
        int[] ends = new int[count];
        for (int row = 0; row < count; row++) {
            if (!column.isNull(row)) {
                reader.over(column.data(), column.offsets()[row], column.offsets()[row + 1]);
                while (reader.hasMore()) {
                    if (fixed) {
                        FixedValues.append(reader.signed(), values);
                    } else {
                        reader.read(values);
                    }
                    times.append(counting ? reader.signed() : 1);
                }
            }
            ends[row] = values.length();
        }
        sets.begin(values.build(), count == 0 ? 0 : ends[count - 1]);
        long[] counts = times.build().values();
        for (int row = 0, value = 0; row < count; row++) {
            for (; value < ends[row]; value++) {
                take(groups[row], value, counts[value]);
            }
        }
    }

    @Override
    Column[] states(int from, int to) {
        BytesColumn.Builder builder = (BytesColumn.Builder) ColumnBuilder.of(DataType.BINARY);
        OrderedBytes buffer = new OrderedBytes();
        for (int group = from; group < to; group++) {
            buffer.clear();
            for (int pair : sets.pairs(group)) {
                sets.write(pair, buffer);
                if (counting) {
                    buffer.appendSigned(sets.count(pair));
                }
            }
            if (buffer.length() == 0) {
                builder.appendNull();
            } else {
                builder.append(buffer.bytes(), 0, buffer.length());
            }
        }
        return new Column[] {builder.build()};
    }

    @Override
    Column finish(BoundMeasure measure, int from, int to, Failures failures) {
        if (measure.measure() instanceof Measure.CountDistinct) {
            return CountAccumulator.rowWord(rows, at, from, to);
        }
        if (measure.measure() instanceof Measure.Entropy) {
            return entropy(from, to);
        }
        if (measure.measure() instanceof Measure.Histogram histogram) {
            return histogram(histogram.size(), from, to);
        }
        ListColumn.Builder builder = (ListColumn.Builder) ColumnBuilder.of(measure.type());
        for (int group = from; group < to; group++) {
            int[] pairs = sets.pairs(group);
            sets.sort(pairs, pairs.length);
            int kept = pairs.length;
            if (measure.measure() instanceof Measure.Top top) {
                // The sort is stable: values of equal count stay in their order.
                IndexSort.sort(pairs, pairs.length, (one, other) -> Long.compare(sets.count(other), sets.count(one)));
                kept = Math.min(kept, top.limit());
            }
            for (int i = 0; i < kept; i++) {
                sets.append(pairs[i], builder.elements());
            }
            builder.endRow();
        }
        return builder.build();
    }

    private Column entropy(int from, int to) {
        DoubleColumn.Builder builder = (DoubleColumn.Builder) ColumnBuilder.of(DataType.FLOAT64);
        for (int group = from; group < to; group++) {
            int[] pairs = sets.pairs(group);
            if (pairs.length == 0) {
                builder.appendNull();
            } else {
                builder.append(
                        Entropy.of(Arrays.stream(pairs).mapToLong(sets::count).toArray()));
            }
        }
        return builder.build();
    }

    private Column histogram(int size, int from, int to) {
        LongColumn.Builder counts = (LongColumn.Builder) ColumnBuilder.of(DataType.INT64);
        int[] offsets = new int[to - from + 1];
        for (int group = from; group < to; group++) {
            long[] bars = new long[size];
            for (int pair : sets.pairs(group)) {
                long value = ((LongSets) sets).number(pair);
                if (value >= 0 && value < size) {
                    bars[(int) value] = sets.count(pair);
                }
            }
            for (long bar : bars) {
                counts.append(bar);
            }
            offsets[group - from + 1] = offsets[group - from] + size;
        }
        return ListColumn.of(DataType.list(DataType.INT64), to - from, NullBitmap.NONE, offsets, counts.build());
    }

    @Override
    long bytes() {
        return sets.bytes();
    }

    @Override
    void clear() {
        sets.clear();
    }
}
