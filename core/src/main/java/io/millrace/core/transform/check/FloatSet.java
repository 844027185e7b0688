package io.millrace.core.transform.check;

import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import java.util.Arrays;
import java.util.List;

/** Float64 values, of which -0.0 and 0.0 are equal, and NaN equals NaN. */
final class FloatSet extends ValueSet {
    private final double[] sorted;
    private DoubleColumn column;

    FloatSet(List<Column> values) {
        sorted = values.stream()
                .mapToDouble(value -> ((DoubleColumn) value).get(0) + 0.0)
                .sorted()
                .toArray();
    }

    @Override
    void begin(Column next) {
        column = (DoubleColumn) next;
    }

    @Override
    boolean contains(int row) {
        // Adding zero turns -0.0 into 0.0.
        return Arrays.binarySearch(sorted, column.get(row) + 0.0) >= 0;
    }
}
