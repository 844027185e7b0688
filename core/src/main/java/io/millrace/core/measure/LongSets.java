package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import java.util.Arrays;

/** Sets of values that fit a long. */
final class LongSets extends ValueSets {
    private long[] values = {};
    private long[] read = {};

    @Override
    void begin(Column column, int rows) {
        if (read.length < rows) {
            read = new long[rows];
        }
        FixedValues.read(column, rows, read);
    }

    @Override
    long hash(int row) {
        return StableHash.mix(read[row], 0);
    }

    @Override
    boolean holds(int pair, int row) {
        return values[pair] == read[row];
    }

    @Override
    void keep(int pair, int row) {
        if (pair == values.length) {
            values = Arrays.copyOf(values, Math.max(1024, pair * 2));
        }
        values[pair] = read[row];
    }

    /** A pair's value, where it is a whole number. */
    long number(int pair) {
        return values[pair];
    }

    @Override
    void write(int pair, OrderedBytes into) {
        into.appendSigned(values[pair]);
    }

    @Override
    void sort(int[] pairs, int count) {
        IndexSort.sort(pairs, count, (one, other) -> Long.compare(values[one], values[other]));
    }

    @Override
    void append(int pair, ColumnBuilder into) {
        FixedValues.append(values[pair], into);
    }

    @Override
    long valueBytes() {
        return 8L * values.length;
    }

    @Override
    void clearValues() {
        // Counted by the pairs; what lies behind them is overwritten.
    }
}
