package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** IEEE 754 numbers of 64 bits, except that division by zero fails. */
public final class DoubleArithmetic extends Kernel {
    private final LongArithmetic.Operation operation;
    private final Kernel left;
    private final Kernel right;

    public DoubleArithmetic(LongArithmetic.Operation operation, Kernel left, Kernel right) {
        super(DataType.FLOAT64, List.of(left, right), divides(operation) && !dividesByConstant(right));
        this.operation = operation;
        this.left = left;
        this.right = right;
    }

    private static boolean divides(LongArithmetic.Operation operation) {
        return switch (operation) {
            case ADD, SUBTRACT, MULTIPLY -> false;
            case DIVIDE, REMAINDER -> true;
        };
    }

    private static boolean dividesByConstant(Kernel right) {
        return right.constant()
                .filter(one -> one.isNull(0) || ((DoubleColumn) one).get(0) != 0)
                .isPresent();
    }

    @Override
    public Column evaluate(Frame frame) {
        DoubleColumn a = (DoubleColumn) left.evaluate(frame);
        DoubleColumn b = (DoubleColumn) right.evaluate(frame);
        int rows = frame.rows();
        NullBitmap nulls = Nulls.either(a.nulls(), b.nulls(), rows);
        double[] result = new double[rows];
        compute(a.values(), b.values(), result);
        if (mayFail() && divides(operation)) {
            for (int row = 0; row < rows; row++) {
                if (b.get(row) == 0 && !nulls.isNull(row)) {
                    frame.fail(row, "division by zero");
                }
            }
        }
        return DoubleColumn.of(rows, nulls, result);
    }

    /** A method for each loop: the JIT compiler does not treat several in one as well. */
    private void compute(double[] a, double[] b, double[] result) {
        switch (operation) {
            case ADD -> add(a, b, result);
            case SUBTRACT -> subtract(a, b, result);
            case MULTIPLY -> multiply(a, b, result);
            case DIVIDE -> divide(a, b, result);
            case REMAINDER -> remainder(a, b, result);
        }
    }

    private static void add(double[] a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] + b[i];
        }
    }

    private static void subtract(double[] a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] - b[i];
        }
    }

    private static void multiply(double[] a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] * b[i];
        }
    }

    private static void divide(double[] a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] / b[i];
        }
    }

    private static void remainder(double[] a, double[] b, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] % b[i];
        }
    }
}
