package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import java.util.List;

/** Compares columns of float64 in a total order: every NaN is equal to every other and above all numbers, -0.0 is 0.0. */
final class DoubleComparison extends Kernel {
    private final CompareOperation operation;
    private final Kernel left;
    private final Kernel right;

    DoubleComparison(CompareOperation operation, Kernel left, Kernel right) {
        super(DataType.BOOLEAN, List.of(left, right), false);
        this.operation = operation;
        this.left = left;
        this.right = right;
    }

    @Override
    public Column evaluate(Frame frame) {
        DoubleColumn a = (DoubleColumn) left.evaluate(frame);
        DoubleColumn b = (DoubleColumn) right.evaluate(frame);
        int rows = frame.rows();
        boolean[] result = new boolean[rows];
        switch (operation) {
            case EQUAL -> equal(a.values(), b.values(), result, true);
            case NOT_EQUAL -> equal(a.values(), b.values(), result, false);
            case LESS -> less(a.values(), b.values(), result, true);
            case GREATER_OR_EQUAL -> less(a.values(), b.values(), result, false);
            case GREATER -> less(b.values(), a.values(), result, true);
            case LESS_OR_EQUAL -> less(b.values(), a.values(), result, false);
        }
        return BooleanColumn.of(rows, Nulls.either(a.nulls(), b.nulls(), rows), result);
    }

    private static void equal(double[] a, double[] b, boolean[] result, boolean wanted) {
        for (int i = 0; i < result.length; i++) {
            result[i] = (a[i] == b[i] | a[i] != a[i] & b[i] != b[i]) == wanted;
        }
    }

    private static void less(double[] a, double[] b, boolean[] result, boolean wanted) {
        for (int i = 0; i < result.length; i++) {
            result[i] = (a[i] < b[i] | a[i] == a[i] & b[i] != b[i]) == wanted;
        }
    }
}
