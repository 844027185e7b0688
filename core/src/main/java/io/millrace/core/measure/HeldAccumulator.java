package io.millrace.core.measure;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * An accumulator whose state for a group is an object: a list, a sketch. Made when the group's first value comes.
 *
 * @param <S> the state of one group
 */
abstract class HeldAccumulator<S extends HeldAccumulator.Held> extends Accumulator {
    /** The state of one group. */
    interface Held {
        /** About how much memory it takes. */
        long bytes();

        /** Appends the state, in the form of the version that the state column's name carries. */
        void write(OrderedBytes into);

        /** Takes in a state that {@link #write} has appended. */
        void merge(byte[] data, int from, int to);

        /** Appends the result to a builder of the measure's type. */
        void finish(Measure.Basic measure, ColumnBuilder into);
    }

    private final List<StateColumn> state;
    private Object[] held = {};
    private long bytes;

    HeldAccumulator(Operands operands, String stateColumn) {
        super(operands);
        this.state = List.of(new StateColumn(stateColumn, DataType.BINARY));
    }

    /** An empty state. */
    abstract S create();

    /** Takes a row's value into a state; the row counts, so that it is not null. */
    abstract void add(S state, Column argument, int row, RowInput input);

    /** Called once for each batch, before its rows. */
    void begin(RowInput input) {}

    @Override
    List<StateColumn> stateColumns() {
        return state;
    }

    @Override
    void grow(int groups) {
        if (held.length < groups) {
            held = Arrays.copyOf(held, Math.max(groups, held.length * 2));
        }
    }

    @Override
    void add(int[] groups, int count, RowInput input) {
        boolean[] counted = counted(input, count);
        Column argument = argument(input);
        begin(input);
        for (int row = 0; row < count; row++) {
            if (counted == null || counted[row]) {
                S one = state(groups[row]);
                long before = one.bytes();
                add(one, argument, row, input);
                bytes += one.bytes() - before;
            }
        }
    }

    @Override
    void merge(int[] groups, int count, Column[] states) {
        BytesColumn column = (BytesColumn) states[0];
        for (int row = 0; row < count; row++) {
            if (!column.isNull(row)) {
                S one = state(groups[row]);
                long before = one.bytes();
                one.merge(column.data(), column.offsets()[row], column.offsets()[row + 1]);
                bytes += one.bytes() - before;
            }
        }
    }

    private S state(int group) {
        S found = find(group);
        if (found == null) {
            found = create();
            held[group] = found;
            bytes += found.bytes();
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private S find(int group) {
        return (S) held[group];
    }

    @Override
    Column[] states(int from, int to) {
        BytesColumn.Builder builder = (BytesColumn.Builder) ColumnBuilder.of(DataType.BINARY);
        OrderedBytes buffer = new OrderedBytes();
        for (int group = from; group < to; group++) {
            S one = find(group);
            if (one == null) {
                builder.appendNull();
                continue;
            }
            buffer.clear();
            one.write(buffer);
            builder.append(buffer.bytes(), 0, buffer.length());
        }
        return new Column[] {builder.build()};
    }

    @Override
    Column finish(BoundMeasure measure, int from, int to, Failures failures) {
        ColumnBuilder builder = ColumnBuilder.of(measure.type());
        for (int group = from; group < to; group++) {
            S one = find(group);
            if (one != null) {
                one.finish(measure.measure(), builder);
            } else if (measure.field().nullable()) {
                builder.appendNull();
            } else {
                create().finish(measure.measure(), builder);
            }
        }
        return builder.build();
    }

    @Override
    long bytes() {
        return bytes + 4L * held.length;
    }

    @Override
    void clear() {
        Arrays.fill(held, null);
        bytes = 0;
    }
}
