package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/**
 * The state of one accumulation for all groups of a table. States are merged as columns of partial rows; merging is
 * associative and commutative to the last bit of {@link #finish}, though not of the state. One thread.
 */
abstract class Accumulator {
    private static final int NONE = -1;

    private final int argument;
    private final int filter;
    private boolean[] passes = {};

    /** Arguments and filters by their number in a {@link RowInput}; -1 for none. */
    Accumulator(Operands operands) {
        this.argument = operands.argument();
        this.filter = operands.filter();
    }

    /** Which of the columns and filters of a {@link RowInput} an accumulator reads; -1 for none. */
    record Operands(int argument, int filter) {}

    /** The columns of its state, whose names carry the version of the form. */
    abstract List<StateColumn> stateColumns();

    /** Takes rows in; all groups have been made room for. */
    abstract void add(int[] groups, int count, RowInput input);

    /** Takes states in, columns as {@link #stateColumns} has them. */
    abstract void merge(int[] groups, int count, Column[] states);

    /** The states of the groups from {@code from} to {@code to}. */
    abstract Column[] states(int from, int to);

    /** The results of these groups for one of the measures that this accumulation serves. */
    abstract Column finish(BoundMeasure measure, int from, int to, Failures failures);

    /** Makes room for this many groups. */
    void grow(int groups) {}

    /** Bytes beside the words of {@link GroupRows}. */
    long bytes() {
        return 0;
    }

    /** Forgets all groups. */
    void clear() {}

    final Column argument(RowInput input) {
        return input.arguments()[argument];
    }

    /** Which rows count: those that pass the filter and whose argument is not null. Null where all do. */
    final boolean[] counted(RowInput input, int count) {
        boolean[] filtered = filter == NONE ? null : input.filters()[filter];
        NullBitmap nulls = argument == NONE ? NullBitmap.NONE : argument(input).nulls();
        if (!nulls.any()) {
            return filtered;
        }
        if (passes.length < count) {
            passes = new boolean[count];
        }
        for (int row = 0; row < count; row++) {
            passes[row] = (filtered == null || filtered[row]) && !nulls.isNull(row);
        }
        return passes;
    }
}
