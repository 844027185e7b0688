package io.millrace.core.key;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A total order of rows: by the named columns, then by all others in the schema's order, so that only rows which are equal
 * in every column tie, and which row wins never depends on where or when it was read.
 *
 * <p>Nulls come first. Text and bytes go by unsigned bytes (for UTF-8: by code point), numbers and times by value, -0.0
 * before 0.0, NaN last; lists by their elements, the shorter first where one begins the other. Immutable and thread-safe.
 */
public final class RowOrder {
    private final int[] positions;
    private final int named;

    private RowOrder(int[] positions, int named) {
        this.positions = positions;
        this.named = named;
    }

    /** A user error where a column is missing. */
    public static RowOrder by(List<String> columns, Schema schema) {
        Set<Integer> order = new LinkedHashSet<>();
        columns.forEach(name -> order.add(schema.require(name)));
        int named = order.size();
        for (int i = 0; i < schema.size(); i++) {
            order.add(i);
        }
        return new RowOrder(order.stream().mapToInt(Integer::intValue).toArray(), named);
    }

    /** Negative where the first row comes first, zero where the rows are equal. */
    public int compare(Batch one, int row, Batch other, int otherRow) {
        return compare(one, row, other, otherRow, positions.length);
    }

    /** True where the named columns do not tell the rows apart. */
    public boolean ties(Batch one, int row, Batch other, int otherRow) {
        return compare(one, row, other, otherRow, named) == 0;
    }

    private int compare(Batch one, int row, Batch other, int otherRow, int columns) {
        for (int i = 0; i < columns; i++) {
            int result = compare(one.column(positions[i]), row, other.column(positions[i]), otherRow);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    /** Compares two values of one type. */
    public static int compare(Column one, int row, Column other, int otherRow) {
        boolean isNull = one.isNull(row);
        if (isNull || other.isNull(otherRow)) {
            return Boolean.compare(other.isNull(otherRow), isNull);
        }
        if (one instanceof LongColumn longs) {
            return Long.compare(longs.get(row), ((LongColumn) other).get(otherRow));
        }
        if (one instanceof BytesColumn bytes) {
            return compareBytes(bytes, row, (BytesColumn) other, otherRow);
        }
        if (one instanceof IntColumn ints) {
            return Integer.compare(ints.get(row), ((IntColumn) other).get(otherRow));
        }
        if (one instanceof DoubleColumn doubles) {
            return Double.compare(doubles.get(row), ((DoubleColumn) other).get(otherRow));
        }
        if (one instanceof DecimalColumn decimals) {
            return compareDecimals(decimals, row, (DecimalColumn) other, otherRow);
        }
        if (one instanceof BooleanColumn booleans) {
            return Boolean.compare(booleans.get(row), ((BooleanColumn) other).get(otherRow));
        }
        return compareLists((ListColumn) one, row, (ListColumn) other, otherRow);
    }

    private static int compareBytes(BytesColumn one, int row, BytesColumn other, int otherRow) {
        return Arrays.compareUnsigned(
                one.data(),
                one.offsets()[row],
                one.offsets()[row + 1],
                other.data(),
                other.offsets()[otherRow],
                other.offsets()[otherRow + 1]);
    }

    private static int compareDecimals(DecimalColumn one, int row, DecimalColumn other, int otherRow) {
        long low = one.low()[row];
        long otherLow = other.low()[otherRow];
        if (one.high() == null) {
            return Long.compare(low, otherLow);
        }
        int high = Long.compare(one.high()[row], other.high()[otherRow]);
        return high != 0 ? high : Long.compareUnsigned(low, otherLow);
    }

    private static int compareLists(ListColumn one, int row, ListColumn other, int otherRow) {
        int from = one.offsets()[row];
        int otherFrom = other.offsets()[otherRow];
        int size = one.offsets()[row + 1] - from;
        int otherSize = other.offsets()[otherRow + 1] - otherFrom;
        for (int i = 0; i < Math.min(size, otherSize); i++) {
            int result = compare(one.elements(), from + i, other.elements(), otherFrom + i);
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(size, otherSize);
    }
}
