package io.millrace.core.transform.check;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.util.Arrays;
import java.util.List;

/** Whole numbers, dates, timestamps or booleans. */
final class WholeSet extends ValueSet {
    private final long[] sorted;
    private Column column;

    WholeSet(List<Column> values) {
        sorted = values.stream().mapToLong(value -> number(value, 0)).sorted().toArray();
    }

    @Override
    void begin(Column next) {
        column = next;
    }

    @Override
    boolean contains(int row) {
        return Arrays.binarySearch(sorted, number(column, row)) >= 0;
    }

    private static long number(Column values, int row) {
        if (values instanceof LongColumn longs) {
            return longs.get(row);
        } else if (values instanceof IntColumn ints) {
            return ints.get(row);
        }
        return ((BooleanColumn) values).get(row) ? 1 : 0;
    }
}
