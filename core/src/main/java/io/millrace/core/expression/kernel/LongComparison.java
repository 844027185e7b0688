package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import java.util.List;

/** Compares columns of 64-bit whole numbers or timestamps. */
final class LongComparison extends Kernel {
    private final CompareOperation operation;
    private final Kernel left;
    private final Kernel right;

    LongComparison(CompareOperation operation, Kernel left, Kernel right) {
        super(DataType.BOOLEAN, List.of(left, right), false);
        this.operation = operation;
        this.left = left;
        this.right = right;
    }

    @Override
    public Column evaluate(Frame frame) {
        LongColumn a = (LongColumn) left.evaluate(frame);
        LongColumn b = (LongColumn) right.evaluate(frame);
        int rows = frame.rows();
        boolean[] result = new boolean[rows];
        compare(operation, a.values(), b.values(), result);
        return BooleanColumn.of(rows, Nulls.either(a.nulls(), b.nulls(), rows), result);
    }

    /** A method for each loop: the JIT compiler does not treat several in one as well. */
    private static void compare(CompareOperation operation, long[] a, long[] b, boolean[] result) {
        switch (operation) {
            case EQUAL -> equal(a, b, result);
            case NOT_EQUAL -> notEqual(a, b, result);
            case LESS -> less(a, b, result);
            case LESS_OR_EQUAL -> lessOrEqual(a, b, result);
            case GREATER -> less(b, a, result);
            case GREATER_OR_EQUAL -> lessOrEqual(b, a, result);
        }
    }

    private static void equal(long[] a, long[] b, boolean[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] == b[i];
        }
    }

    private static void notEqual(long[] a, long[] b, boolean[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] != b[i];
        }
    }

    private static void less(long[] a, long[] b, boolean[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] < b[i];
        }
    }

    private static void lessOrEqual(long[] a, long[] b, boolean[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] <= b[i];
        }
    }
}
