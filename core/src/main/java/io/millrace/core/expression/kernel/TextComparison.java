package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.Arrays;
import java.util.List;

/** Compares text or binary by unsigned bytes, which for UTF-8 is the order of code points. */
final class TextComparison extends Kernel {
    private final CompareOperation operation;
    private final Argument left;
    private final Argument right;

    TextComparison(CompareOperation operation, Kernel left, Kernel right) {
        super(DataType.BOOLEAN, List.of(left, right), false);
        this.operation = operation;
        this.left = new Argument(left);
        this.right = new Argument(right);
    }

    @Override
    public Column evaluate(Frame frame) {
        left.load(frame);
        right.load(frame);
        int rows = frame.rows();
        boolean[] result = new boolean[rows];
        switch (operation) {
            case EQUAL -> equal(result, true);
            case NOT_EQUAL -> equal(result, false);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> order(result);
        }
        return BooleanColumn.of(rows, Nulls.either(left.nulls(rows), right.nulls(rows), rows), result);
    }

    private void equal(boolean[] result, boolean wanted) {
        byte[] a = left.bytes();
        byte[] b = right.bytes();
        for (int row = 0; row < result.length; row++) {
            int size = left.to(row) - left.from(row);
            boolean equal = size == right.to(row) - right.from(row)
                    && Arrays.equals(a, left.from(row), left.to(row), b, right.from(row), right.to(row));
            result[row] = equal == wanted;
        }
    }

    private void order(boolean[] result) {
        byte[] a = left.bytes();
        byte[] b = right.bytes();
        for (int row = 0; row < result.length; row++) {
            result[row] = operation.holds(
                    Arrays.compareUnsigned(a, left.from(row), left.to(row), b, right.from(row), right.to(row)));
        }
    }
}
